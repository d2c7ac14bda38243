import { lazy, Suspense, useEffect } from 'react';
import { useMessages } from './toast.ts';

const Messages = lazy(async () => ({ default: (await import('./messages.tsx')).Messages }));

/** Milliseconds after which the page has opened: what draws messages is fetched then, so that news of a lost server needs no server. */
const calmMs = 5_000;

/** Draws what `toast` says. Its code comes with the first message, or when the page has opened. */
export function Toaster() {
  const wanted = useMessages((state) => state.wanted);
  useEffect(() => {
    const timer = setTimeout(() => useMessages.setState({ wanted: true }), calmMs);
    return () => clearTimeout(timer);
  }, []);
  return <Suspense>{wanted && <Messages />}</Suspense>;
}
