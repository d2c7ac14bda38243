import type { ReactNode } from 'react';

export interface SectionProps {
  id: string;
  title: string;
  text: ReactNode;
  children: ReactNode;
}

/** What it is about at the left, its controls at the right. */
export function Section({ id, title, text, children }: SectionProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="grid grid-cols-[minmax(0,18rem)_minmax(0,1fr)] gap-x-12 gap-y-4 py-7 first:pt-1 max-md:grid-cols-1"
    >
      <div>
        <h2 id={`${id}-title`} className="text-base font-semibold">
          {title}
        </h2>
        <p className="mt-0.5 text-sm text-muted">{text}</p>
      </div>
      <div className="max-w-140">{children}</div>
    </section>
  );
}
