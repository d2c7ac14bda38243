import type { ReactNode } from 'react';

export interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What will stand here, and how it gets here. */
  text?: ReactNode;
  action?: ReactNode;
  /** Where it is the whole page, its title is the page's: `h1`. Default `h2`. */
  heading?: 'h1' | 'h2';
}

export function EmptyState({ icon, title, text, action, heading: Heading = 'h2' }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center justify-center gap-1 px-6 py-14 text-center">
      {icon !== undefined && (
        <span aria-hidden="true" className="mb-2 flex size-10 items-center justify-center rounded-lg border border-line bg-raised text-subtle [&_svg]:size-5">
          {icon}
        </span>
      )}
      <Heading className="text-base font-semibold text-fg">{title}</Heading>
      {text !== undefined && <p className="max-w-96 text-sm text-balance text-muted">{text}</p>}
      {action !== undefined && <div className="mt-4 flex gap-2">{action}</div>}
    </div>
  );
}
