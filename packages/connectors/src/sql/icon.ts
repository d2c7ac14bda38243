/** A drum: three discs. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><ellipse cx="12" cy="5.5" rx="8" ry="2.75"/><path d="M4 5.5V12c0 1.5 3.6 2.75 8 2.75S20 13.5 20 12V5.5"/><path d="M4 12v6.5c0 1.5 3.6 2.75 8 2.75s8-1.25 8-2.75V12"/></svg>`;
