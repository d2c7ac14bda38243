import type { ExternalToast } from 'sonner';
import { create } from 'zustand';

/** Whether something draws messages yet, or is being fetched for it. */
export const useMessages = create(() => ({ wanted: false }));

type Tone = 'message' | 'success' | 'info' | 'warning' | 'error' | 'loading';
type Say = (text: string, options?: ExternalToast) => void;

/** Messages keep their order: each waits for the same code. */
function later(tone: Tone): Say {
  return (text, options) => {
    useMessages.setState({ wanted: true });
    void import('./messages.tsx').then(({ sonner }) => sonner[tone](text, options));
  };
}

/** `toast.success('Saved.')`, `toast.error('…', { action: { label, onClick } })`: for what is over and needs no answer. */
export const toast = {
  message: later('message'),
  success: later('success'),
  info: later('info'),
  warning: later('warning'),
  error: later('error'),
  /** Stays until it is dismissed, or said again under the same `id`. */
  loading: later('loading'),
  dismiss(id: string): void {
    void import('./messages.tsx').then(({ sonner }) => sonner.dismiss(id));
  },
};
