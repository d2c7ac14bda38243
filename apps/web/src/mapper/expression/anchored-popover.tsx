import { Popover as Base } from '@base-ui/react/popover';
import type { ReactNode, RefObject } from 'react';
import { cx, popupClass } from '../../ui/index.ts';

interface AnchoredPopoverProps {
  open: boolean;
  onClose: () => void;
  /** What it stands beside; opening is up to something else, such as a menu's item. */
  anchor: RefObject<HTMLElement | null>;
  children: ReactNode;
}

/** A pop-up without a button of its own. */
export function AnchoredPopover({ open, onClose, anchor, children }: AnchoredPopoverProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Positioner anchor={anchor} side="bottom" align="start" sideOffset={4} className="z-50">
          <Base.Popup className={cx(popupClass, 'p-0!')}>{children}</Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}
