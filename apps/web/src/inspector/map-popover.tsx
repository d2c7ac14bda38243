import { Link2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Popover } from '../ui/index.ts';
import './words.ts';

interface MapPopoverProps {
  /** What its button does, for those who listen and as a hint. */
  label: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}

/** “Map” beside a field: opens what its value can be taken from. */
export function MapPopover({ label, open, onOpenChange, children }: MapPopoverProps) {
  const { t } = useTranslation('inspector');
  return (
    <Popover
      open={open}
      onOpenChange={onOpenChange}
      align="end"
      className="p-0!"
      trigger={
        <button
          type="button"
          aria-label={label}
          title={label}
          className="inline-flex h-6 shrink-0 items-center gap-1 rounded-md px-1.5 text-xs text-muted hover:bg-hover hover:text-accent-text data-popup-open:bg-hover"
        >
          <Link2 aria-hidden="true" className="size-3.5" /> {t('mapShort')}
        </button>
      }
    >
      {children}
    </Popover>
  );
}
