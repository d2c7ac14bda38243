import { useEffect, useState } from 'react';

const tickMs = 200;

/** The server's present time, moving while something is under way. */
export function useNow(isMoving: boolean, clockAheadMs: number): number {
  const [now, setNow] = useState(() => Date.now());

  useEffect(() => {
    if (!isMoving) return;
    const tick = () => setNow(Date.now());
    tick();
    const timer = setInterval(tick, tickMs);
    return () => clearInterval(timer);
  }, [isMoving]);

  return now - clockAheadMs;
}
