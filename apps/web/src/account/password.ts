/** Letters a password needs at least; the server has the last word. */
export const shortestPassword = 10;
