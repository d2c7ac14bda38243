import { useEffect, useEffectEvent, useRef } from 'react';
import { Button } from './button.tsx';

export interface MoreButtonProps {
  label: string;
  loading: boolean;
  onMore: () => void;
}

/** At the end of a list that has more: presses itself when it comes into view. */
export function MoreButton({ label, loading, onMore }: MoreButtonProps) {
  const frame = useRef<HTMLDivElement>(null);
  const more = useEffectEvent(onMore);

  useEffect(() => {
    if (frame.current === null || loading) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), { rootMargin: '600px' });
    observer.observe(frame.current);
    return () => observer.disconnect();
  }, [loading]);

  return (
    <div ref={frame} className="self-center">
      <Button loading={loading} onClick={onMore}>
        {label}
      </Button>
    </div>
  );
}
