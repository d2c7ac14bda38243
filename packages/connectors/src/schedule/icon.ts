/** A clock inside the circle of repetition. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M20.5 9A9 9 0 1 0 21 12.5"/><path d="M21 4v5h-5"/><path d="M12 7.5V12l3 2"/></svg>`;
