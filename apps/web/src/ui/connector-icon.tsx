import { Box } from 'lucide-react';
import type { ConnectorDescriptor } from '@weft/connector-sdk';
import { useMemo } from 'react';
import { cx } from './cx.ts';

export interface ConnectorIconProps {
  connector: Pick<ConnectorDescriptor, 'icon' | 'title'> | undefined;
  /** Pixels; default 16. */
  size?: number;
  className?: string;
}

/**
 * A connector's own SVG in the colour of the text around it. The SVG is untrusted: as a mask image it can neither run
 * scripts nor load anything, whatever stands in it.
 */
export function ConnectorIcon({ connector, size = 16, className }: ConnectorIconProps) {
  const mask = useMemo(() =>
    (connector?.icon === undefined ? undefined : `url("data:image/svg+xml,${encodeURIComponent(connector.icon)}")`), [connector?.icon]);
  if (mask === undefined) return <Box aria-hidden="true" className={cx('shrink-0', className)} style={{ width: size, height: size }} />;
  return (
    <span
      aria-hidden="true"
      className={cx('inline-block shrink-0 bg-current', className)}
      style={{ width: size, height: size, maskImage: mask, maskSize: 'contain', maskRepeat: 'no-repeat', maskPosition: 'center' }}
    />
  );
}
