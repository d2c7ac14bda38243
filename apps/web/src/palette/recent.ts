import { create } from 'zustand';

const storageKey = 'weft.recent-steps';
const maxRecent = 5;

/** Ids of the kinds of steps that were added last in this browser, newest first. */
export const useRecent = create<{ ids: readonly string[] }>()(() => ({ ids: remembered() }));

export function rememberUse(id: string): void {
  const ids = [id, ...useRecent.getState().ids.filter((other) => other !== id)].slice(0, maxRecent);
  useRecent.setState({ ids });
  try {
    localStorage.setItem(storageKey, JSON.stringify(ids));
  } catch (error) {
    console.info('This browser does not let Weft remember recent steps.', error);
  }
}

function remembered(): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '[]');
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string').slice(0, maxRecent) : [];
  } catch (error) {
    console.info('Recent steps could not be read in this browser.', error);
    return [];
  }
}
