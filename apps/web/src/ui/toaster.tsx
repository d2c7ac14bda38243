import { CircleCheck, CircleX, Info, TriangleAlert } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Spinner } from './spinner.tsx';
import { toast, useMessages, type Message, type Tone } from './toast.ts';

/** Draws what `toast` says, at the middle of the lower edge: buttons stand at the right of it, lists begin at the left. */
export function Toaster() {
  const { t } = useTranslation('ui');
  const messages = useMessages((state) => state.messages);
  return (
    <section
      aria-label={t('messages')}
      aria-live="polite"
      aria-relevant="additions text"
      className="pointer-events-none fixed inset-x-4 bottom-4 z-100 flex flex-col items-center gap-2"
    >
      {messages.map((message) => (
        <Line key={message.id} message={message} />
      ))}
    </section>
  );
}

function Line({ message }: { message: Message }) {
  const { id, tone, text, duration, action } = message;
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || !Number.isFinite(duration)) return undefined;
    const timer = setTimeout(() => toast.dismiss(id), duration);
    return () => clearTimeout(timer);
  }, [held, duration, id, message]);
  return (
    <div
      role="presentation"
      onMouseEnter={() => setHeld(true)}
      onMouseLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="pointer-events-auto flex max-w-104 items-center gap-2 rounded-lg border border-line bg-raised px-4 py-3 text-sm text-fg shadow-pop"
    >
      {icons[tone]}
      <span className="min-w-0 wrap-anywhere">{text}</span>
      {action && (
        <button
          type="button"
          className="ml-2 h-6 shrink-0 rounded-md bg-accent px-2 text-xs font-medium text-on-accent hover:bg-accent-hover"
          onClick={() => {
            toast.dismiss(id);
            action.onClick();
          }}
        >
          {action.label}
        </button>
      )}
    </div>
  );
}

const icons: Record<Tone, ReactNode> = {
  plain: null,
  success: <CircleCheck aria-hidden="true" className="size-4 shrink-0 text-ok" />,
  info: <Info aria-hidden="true" className="size-4 shrink-0 text-muted" />,
  warning: <TriangleAlert aria-hidden="true" className="size-4 shrink-0 text-warn" />,
  error: <CircleX aria-hidden="true" className="size-4 shrink-0 text-danger" />,
  loading: <Spinner />,
};
