/** A fishing hook. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><circle cx="16" cy="5" r="2.5"/><path d="M16 7.5V15a6 6 0 0 1-12 0v-4"/><path d="m4 11 4.5 4"/></svg>`;
