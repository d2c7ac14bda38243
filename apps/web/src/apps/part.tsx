import type { ReactNode } from 'react';

/** A part of what is told about an operation. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-1.5">
      <h4 className="text-sm font-semibold">{title}</h4>
      {children}
    </section>
  );
}
