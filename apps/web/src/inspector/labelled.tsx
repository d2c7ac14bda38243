import type { ReactNode } from 'react';

/** A field that must be filled in, where the control brings no label of its own. */
export function Labelled({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-1.5">
      <span className="text-xs font-medium">
        {label} <span className="text-danger-text">*</span>
      </span>
      {children}
    </div>
  );
}
