import type { Me, Workspace } from '@weft/api';

const storageKey = 'weft.workspace';

/** The workspace this browser was in last, or the first one. */
export function lastWorkspace(me: Me): Workspace {
  const remembered = read();
  const workspace = me.workspaces.find(({ id }) => id === remembered) ?? me.workspaces[0];
  if (workspace === undefined) throw new Error('Your account belongs to no workspace. Ask an owner to add you to one.');
  return workspace;
}

export function rememberWorkspace(id: string): void {
  try {
    localStorage.setItem(storageKey, id);
  } catch (error) {
    console.info('Weft cannot remember the workspace in this browser.', error);
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch (error) {
    console.info('Weft cannot remember the workspace in this browser.', error);
    return null;
  }
}
