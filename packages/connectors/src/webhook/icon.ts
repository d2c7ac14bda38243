/** An arrow that arrives at a hook. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"><path d="M3 7h8"/><path d="m8 4 3 3-3 3"/><path d="M16 3v9.5a5.5 5.5 0 1 1-11 0"/><path d="m5 12.5-2.5 2.5"/><path d="m5 12.5 2.5 2.5"/><circle cx="18.5" cy="4.5" r="2.5"/></svg>`;
