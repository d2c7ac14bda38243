import { Tooltip as Base } from '@base-ui/react/tooltip';
import type { ReactElement, ReactNode } from 'react';
import { Kbd } from './kbd.tsx';

export interface TooltipProps {
  text: ReactNode;
  shortcut?: string;
  side?: 'top' | 'bottom' | 'left' | 'right';
  /** One focusable element that takes a ref. */
  children: ReactElement;
}

/** A hint on hover and focus. Never the only place where something is said. */
export function Tooltip({ text, shortcut, side = 'top', children }: TooltipProps) {
  return (
    <Base.Root>
      <Base.Trigger render={children} />
      <Base.Portal>
        <Base.Positioner side={side} sideOffset={6} className="z-60">
          <Base.Popup
            className="flex max-w-72 items-center gap-2 rounded-md bg-[light-dark(#22242b,#2c2f37)] px-2 py-1 text-xs text-[#f3f4f6] shadow-pop transition-opacity duration-100 data-ending-style:opacity-0 data-instant:transition-none data-starting-style:opacity-0"
          >
            {text}
            {shortcut !== undefined && <Kbd tone="inverse">{shortcut}</Kbd>}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

/** Once, around the application: the second tooltip in a row shows at once. */
export const TooltipProvider = Base.Provider;
