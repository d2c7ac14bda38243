import type { FieldProps } from '@rjsf/utils';
import { useLeaf } from './use-leaf.ts';

/** A switch; the label stands beside it (see FieldTemplate). An unset value shows its default. */
export function BooleanField(props: FieldProps) {
  const leaf = useLeaf(props);
  const on = (leaf.value ?? leaf.schema.default) === true;
  return (
    <button
      type="button"
      id={leaf.id}
      role="switch"
      aria-checked={on}
      aria-label={leaf.title}
      aria-describedby={leaf.describedBy}
      disabled={leaf.readOnly}
      className={`relative inline-flex h-5 w-9 shrink-0 items-center rounded-full border transition-colors after:absolute after:-inset-1 disabled:opacity-50 ${
        on ? 'border-accent bg-accent' : 'border-line-strong bg-sunken'
      }`}
      onBlur={leaf.blur}
      onClick={() => leaf.change(!on)}
    >
      <span
        aria-hidden
        className={`size-3.5 rounded-full transition-transform ${on ? 'translate-x-[1.15rem] bg-on-accent' : 'translate-x-0.5 bg-line-strong'}`}
      />
    </button>
  );
}
