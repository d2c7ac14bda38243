const usable = ':not(:disabled, [tabindex="-1"], [type="hidden"])';

/** The first field to fill in; where there is none, the first button. */
export const firstControl = (within: Element): HTMLElement | null =>
  within.querySelector<HTMLElement>(`:is(input:not([readonly]), select, textarea, [role="combobox"], [contenteditable="true"])${usable}`) ?? within.querySelector<HTMLElement>(`button${usable}`);
