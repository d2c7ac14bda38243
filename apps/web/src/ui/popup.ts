/** The look of whatever opens over the page: menus, choices, pop-overs. One level of shadow. */
export const popupClass =
  'rounded-lg border border-line bg-raised p-1 text-fg shadow-pop outline-none origin-[var(--transform-origin)] ' +
  'transition-[opacity,scale] duration-100 ease-calm data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0';
