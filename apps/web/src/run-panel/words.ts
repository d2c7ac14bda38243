import { addWords } from '../locales/i18n.ts';

addWords('run-panel', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
