type Listener = () => void;

const listeners = new Set<Listener>();

/** Tells the application that the server no longer knows this browser, so that it can ask to sign in and come back. */
export const session = {
  ended(): void {
    for (const listener of listeners) listener();
  },
  onEnded(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
