// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import '../locales/i18n.ts';
import { toast, useMessages } from './toast.ts';
import { Toaster } from './toaster.tsx';

afterEach(() => {
  cleanup();
  useMessages.setState({ messages: [] });
});

test('what was said before anything drew it is shown, and what is said under the same id takes its own place', () => {
  toast.loading('Sending 10 %', { id: 'upload', duration: Number.POSITIVE_INFINITY });
  render(<Toaster />);
  expect(screen.getByRole('region', { name: 'Messages' }).textContent).toBe('Sending 10 %');
  act(() => toast.error('The server is gone.', { id: 'upload' }));
  expect(screen.getByRole('region', { name: 'Messages' }).textContent).toBe('The server is gone.');
  act(() => toast.dismiss('upload'));
  expect(screen.getByRole('region', { name: 'Messages' }).textContent).toBe('');
});

test('the action of a message does what it says and takes the message away', () => {
  const undo = vi.fn<() => void>();
  render(<Toaster />);
  act(() => toast.message('Removed', { action: { label: 'Undo', onClick: undo } }));
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText('Removed')).toBeNull();
});

test('of many messages the latest are shown, in their order', () => {
  render(<Toaster />);
  act(() => Array.from({ length: 9 }, (_, index) => toast.info(`${index} `)).at(0));
  expect(screen.getByRole('region', { name: 'Messages' }).textContent).toBe('5 6 7 8 ');
});
