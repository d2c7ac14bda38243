import { useEffect, useId, type ReactNode } from 'react';
import { create } from 'zustand';

/** Something a person can do from the command palette (Ctrl+K). */
export interface AppCommand {
  /** Unique among all commands in view. */
  id: string;
  title: string;
  /** Heading it stands under: "Go to", "Steps" … */
  section: string;
  icon?: ReactNode;
  /** Shown at the end of the line, for example `Ctrl+D`. The palette does not bind it. */
  shortcut?: string;
  /** Further words that find it. */
  keywords?: string[];
  run: () => void;
}

interface RegistryState {
  groups: ReadonlyMap<string, readonly AppCommand[]>;
  open: boolean;
  /** It was opened once on this page. */
  wanted: boolean;
  /** What is typed into it, for whoever offers what a server finds. */
  search: string;
}

/** The commands of everything that is on the page now, and whether the palette is open. */
export const useCommandRegistry = create<RegistryState>()(() => ({ groups: new Map(), open: false, wanted: false, search: '' }));

export const openCommandPalette = (): void => useCommandRegistry.setState({ open: true, wanted: true });
export const closeCommandPalette = (): void => useCommandRegistry.setState({ open: false });

/** Offers commands while the component is mounted. Give a memoised list: a new list registers anew. */
export function useCommands(commands: readonly AppCommand[]): void {
  const group = useId();

  useEffect(() => {
    useCommandRegistry.setState(({ groups }) => ({ groups: new Map(groups).set(group, commands) }));
  }, [commands, group]);

  useEffect(
    () => () =>
      useCommandRegistry.setState(({ groups }) => {
        const rest = new Map(groups);
        rest.delete(group);
        return { groups: rest };
      }),
    [group],
  );
}
