import './ui/base.css';
import './locales/i18n.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';

const container = document.getElementById('app');
if (container === null) throw new Error('index.html has no element with the id “app” to draw into.');
createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
