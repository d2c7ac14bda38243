import { Popover as Base } from '@base-ui/react/popover';
import type { ReactElement, ReactNode } from 'react';
import { cx } from './cx.ts';
import { popupClass } from './popup.ts';

export interface PopoverProps {
  trigger: ReactElement;
  children: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  side?: 'top' | 'bottom' | 'left' | 'right';
  align?: 'start' | 'center' | 'end';
  className?: string;
  /** Where the focus goes when it closes; null: to its button. Default: to its button. */
  finalFocus?: () => HTMLElement | null;
}

/** A small panel next to its button, for things with controls inside. */
export function Popover({ trigger, children, open, onOpenChange, side = 'bottom', align = 'start', className, finalFocus }: PopoverProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner side={side} align={align} sideOffset={4} className="z-50">
          <Base.Popup className={cx(popupClass, 'p-3', className)} finalFocus={finalFocus && (() => finalFocus() ?? true)}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
