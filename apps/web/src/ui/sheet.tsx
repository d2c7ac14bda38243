import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx.ts';
import { backdropClass } from './dialog.tsx';
import { IconButton } from './icon-button.tsx';

export interface SheetProps {
  open: boolean;
  onClose: () => void;
  title: string;
  /** Next to the cross. */
  actions?: ReactNode;
  children: ReactNode;
  footer?: ReactNode;
  /** 480 (default) or 800 px. */
  size?: 'md' | 'lg';
}

/** Comes in from the right, over the page, for looking at one thing of a list. */
export function Sheet({ open, onClose, title, actions, children, footer, size = 'md' }: SheetProps) {
  const { t } = useTranslation('ui');
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Popup
          className={cx(
            'fixed inset-y-0 right-0 z-50 flex max-w-[calc(100vw-2rem)] flex-col border-l border-line bg-surface shadow-pop outline-none',
            'transition-transform duration-150 ease-calm data-ending-style:translate-x-full data-starting-style:translate-x-full',
            size === 'lg' ? 'w-200' : 'w-120',
          )}
        >
          <header className="flex h-13 shrink-0 items-center gap-2 border-b border-line px-5">
            <Base.Title className="one-line flex-1 text-base font-semibold" title={title}>
              {title}
            </Base.Title>
            {actions}
            <IconButton plain label={t('close')} icon={<X />} onClick={onClose} className="-mr-2" />
          </header>
          {/* A region that scrolls must be reachable by keyboard, whatever stands in it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <section aria-label={title} tabIndex={0} className="focus-inset min-h-0 flex-1 overflow-auto">
            {children}
          </section>
          {footer !== undefined && <footer className="flex items-center justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}
