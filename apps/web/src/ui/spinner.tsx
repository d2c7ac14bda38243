import { useTranslation } from 'react-i18next';

export interface SpinnerProps {
  /** Pixels; default 16. */
  size?: number;
  /** Read aloud. Without it the spinner is decoration and the element around it says what is going on. */
  label?: string;
}

export function Spinner({ size = 16, label }: SpinnerProps) {
  const arc = (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" aria-hidden="true" className="animate-spin" style={{ width: size, height: size }}>
      <circle cx="8" cy="8" r="6.25" stroke="currentColor" strokeOpacity="0.22" strokeWidth="1.75" />
      <path d="M14.25 8A6.25 6.25 0 0 0 8 1.75" stroke="currentColor" strokeWidth="1.75" strokeLinecap="round" />
    </svg>
  );
  if (label === undefined) return arc;
  return (
    <output className="inline-flex items-center gap-2 text-muted">
      {arc}
      <span className="sr-only">{label}</span>
    </output>
  );
}

/** A whole region that is not there yet. */
export function LoadingRegion() {
  const { t } = useTranslation('ui');
  return (
    <div className="flex h-full min-h-40 items-center justify-center">
      <Spinner size={20} label={t('loading')} />
    </div>
  );
}
