/** Passes on that something has changed: whoever tells it need not know who listens, and may be made before them. */
export interface News<T> {
  tell(news: T): void;
  hear(listener: (news: T) => void): void;
}

export function createNews<T>(): News<T> {
  const listeners: ((news: T) => void)[] = [];
  return {
    tell(news) {
      for (const listener of listeners) listener(news);
    },
    hear: (listener) => void listeners.push(listener),
  };
}
