import { Dialog as Base } from '@base-ui/react/dialog';
import { X } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from './cx.ts';
import { IconButton } from './icon-button.tsx';

export interface DialogProps {
  open: boolean;
  /** Escape, the cross and a click outside. */
  onClose: () => void;
  title: string;
  /** One sentence under the title. */
  description?: ReactNode;
  children?: ReactNode;
  /** Buttons, the primary one last. */
  footer?: ReactNode;
  /** 400 · 560 (default) · 800 px, or nearly the whole window. */
  size?: 'sm' | 'md' | 'lg' | 'full';
  /** False keeps a click outside from closing, for forms with typed text. */
  dismissable?: boolean;
}

export function Dialog({ open, onClose, title, description, children, footer, size = 'md', dismissable = true }: DialogProps) {
  const { t } = useTranslation('ui');
  const body = useRef<HTMLDivElement>(null);
  return (
    <Base.Root open={open} onOpenChange={(next) => !next && onClose()} disablePointerDismissal={!dismissable}>
      <Base.Portal>
        <Base.Backdrop className={backdropClass} />
        <Base.Popup
          // Where there is something to type one begins there: what is typed at the cross would be lost.
          initialFocus={() => body.current?.querySelector<HTMLElement>(typed) ?? true}
          className={cx(
            'fixed top-1/2 left-1/2 z-50 flex max-w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-lg border border-line bg-raised shadow-pop outline-none',
            'transition-[opacity,scale] duration-120 ease-calm data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0',
            sizes[size],
          )}
        >
          <header className="flex items-start gap-3 px-5 pt-4 pb-3">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-lg font-semibold text-fg">{title}</Base.Title>
              {description !== undefined && <Base.Description className="mt-0.5 text-sm text-muted">{description}</Base.Description>}
            </div>
            <IconButton plain label={t('close')} icon={<X />} onClick={onClose} className="-mt-0.5 -mr-2" />
          </header>
          {children !== undefined && <div ref={body} className="min-h-0 flex-1 overflow-y-auto px-5 pt-1 pb-5">{children}</div>}
          {footer !== undefined && <footer className="flex items-center justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

const typed =
  'textarea:not([readonly], [disabled]), input:is([type="text"], [type="search"], [type="email"], [type="password"], [type="url"], :not([type])):not([readonly], [disabled])';

export const backdropClass =
  'fixed inset-0 z-50 bg-scrim transition-opacity duration-120 data-ending-style:opacity-0 data-starting-style:opacity-0';

const sizes = {
  sm: 'w-100 max-h-[calc(100dvh-4rem)]',
  md: 'w-140 max-h-[calc(100dvh-4rem)]',
  lg: 'w-200 max-h-[calc(100dvh-4rem)]',
  full: 'h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)]',
};
