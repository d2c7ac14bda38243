/** A path to come back to, only where it stays in this application: an address of another host is dropped. */
export function ownPath(path: string | undefined): string | undefined {
  if (path === undefined || !path.startsWith('/')) return undefined;
  const here = 'http://weft.invalid';
  // The browser's own rules decide: `//host`, `/\host` and `/<tab>/host` all lead away.
  return URL.canParse(path, here) && new URL(path, here).origin === here ? path : undefined;
}
