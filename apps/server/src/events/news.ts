/** Passes on that something has changed: publishers need not know the listeners, and may be created before them. */
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
