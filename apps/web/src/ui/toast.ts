import { create } from 'zustand';

export type Tone = 'plain' | 'success' | 'info' | 'warning' | 'error' | 'loading';

interface MessageOptions {
  /** A message said again under the same id takes its own place. */
  id?: string;
  /** Milliseconds that it stays; default 4,000. Stays longer while the mouse is on it or the focus in it. */
  duration?: number;
  /** Pressed, it also takes the message away. */
  action?: { label: string; onClick: () => void } | undefined;
}

export interface Message extends MessageOptions {
  id: string;
  tone: Tone;
  text: string;
  duration: number;
}

/** What is said at the moment, the latest last. */
export const useMessages = create((): { messages: readonly Message[] } => ({ messages: [] }));

const usualMs = 4_000;
/** Older ones give way: nobody reads more. */
const maxMessages = 4;
let made = 0;

const say = (tone: Tone) => (text: string, options: MessageOptions = {}): void => {
  const message = { duration: usualMs, ...options, id: options.id ?? `message ${(made += 1)}`, tone, text };
  useMessages.setState(({ messages }) => {
    const isThere = messages.some(({ id }) => id === message.id);
    return { messages: isThere ? messages.map((one) => (one.id === message.id ? message : one)) : [...messages, message].slice(-maxMessages) };
  });
};

/** `toast.success('Saved.')`, `toast.error('…', { action: { label, onClick } })`: for what is over and needs no answer. */
export const toast = {
  message: say('plain'),
  success: say('success'),
  info: say('info'),
  warning: say('warning'),
  error: say('error'),
  /** With a duration of its own, stays until it is dismissed or said again under the same `id`. */
  loading: say('loading'),
  dismiss: (gone: string): void => useMessages.setState(({ messages }) => ({ messages: messages.filter(({ id }) => id !== gone) })),
};
