import type { ReactNode } from 'react';

interface ChoiceLabelProps {
  /** Of the control it belongs to. */
  id: string;
  hidden: boolean | undefined;
  hint: ReactNode;
  children: ReactNode;
}

/** What stands beside a checkbox or a switch. */
export function ChoiceLabel({ id, hidden, hint, children }: ChoiceLabelProps) {
  return (
    <span className={hidden ? 'sr-only' : 'flex min-w-0 grow flex-col'}>
      <span id={`${id}-label`} className="text-sm text-fg">
        {children}
      </span>
      {hint !== undefined && (
        <span id={`${id}-hint`} className="text-xs text-subtle">
          {hint}
        </span>
      )}
    </span>
  );
}

/** The attributes by which the control says what it is labelled by. */
export const labelledBy = (id: string, hint: ReactNode) => ({
  'aria-labelledby': `${id}-label`,
  'aria-describedby': hint === undefined ? undefined : `${id}-hint`,
});
