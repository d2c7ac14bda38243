import { create } from 'zustand';

interface ConnectionState {
  status: 'connected' | 'lost';
  /** Milliseconds since the epoch, when the next try begins. */
  nextTryAt: number | null;
}

/** Whether the server can be reached. A banner shows it; edits wait and are kept. */
export const useConnection = create<ConnectionState>()(() => ({ status: 'connected', nextTryAt: null }));

const restored = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let tries = 0;

export const connection = {
  /** Something did not arrive: keeps asking until the server answers. */
  lost(): void {
    if (useConnection.getState().status === 'lost') return;
    tries = 0;
    wait();
  },
  /** An answer came. */
  back(): void {
    if (useConnection.getState().status === 'connected') return;
    clearTimeout(timer);
    useConnection.setState({ status: 'connected', nextTryAt: null });
    for (const listener of restored) listener();
  },
  tryNow(): void {
    clearTimeout(timer);
    void ask();
  },
  /** Runs whenever the connection is back: read again, save what waits. */
  onRestored(listener: () => void): () => void {
    restored.add(listener);
    return () => restored.delete(listener);
  },
};

function wait(): void {
  const delayMs = Math.min(15_000, 1_000 * 2 ** tries);
  tries += 1;
  useConnection.setState({ status: 'lost', nextTryAt: Date.now() + delayMs });
  timer = setTimeout(() => void ask(), delayMs);
}

async function ask(): Promise<void> {
  try {
    const response = await fetch('/api/v1/health', { cache: 'no-store' });
    if (response.ok) connection.back();
    else wait();
  } catch (error) {
    console.info('The server does not answer yet.', error);
    wait();
  }
}
