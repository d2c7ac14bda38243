/** Classes of the controls, from the tokens of the host's style sheet; the same look as the host's own controls. */
export const control =
  'w-full min-w-0 rounded-md border bg-raised px-2.5 text-sm text-fg placeholder:text-subtle transition-colors duration-100 ' +
  'hover:border-[color-mix(in_oklab,var(--line-strong),var(--fg)_35%)] focus-visible:border-accent focus-visible:outline-2 ' +
  'focus-visible:outline-offset-[-1px] focus-visible:outline-accent disabled:bg-sunken disabled:text-subtle read-only:[&:is(input,textarea)]:bg-sunken';
export const controlHeight = 'h-8';
export const border = (invalid: boolean): string => (invalid ? 'border-danger' : 'border-line-strong');
export const quietButton =
  'inline-flex h-7 items-center gap-1 rounded-md px-1.5 text-xs font-medium text-muted hover:bg-hover hover:text-fg disabled:opacity-50';
export const iconButton =
  'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-subtle hover:bg-hover hover:text-fg disabled:opacity-40';
export const group = 'rounded-md border border-line p-3';
