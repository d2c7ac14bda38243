import { Dialog } from '@base-ui/react/dialog';
import { Command, defaultFilter } from 'cmdk';
import { Search } from 'lucide-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Kbd } from '../ui/index.ts';
import { closeCommandPalette, useCommandRegistry, type AppCommand } from './registry.ts';

type Section = [title: string, commands: AppCommand[]];

/** Everything that can be done here, found by typing. */
export function PaletteDialog() {
  const { t } = useTranslation('commands');
  const open = useCommandRegistry((state) => state.open);
  return (
    <Dialog.Root open={open} onOpenChange={(next) => useCommandRegistry.setState({ open: next })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
        <Dialog.Popup
          aria-label={t('label')}
          className="fixed top-[14vh] left-1/2 z-50 w-150 max-w-[calc(100vw-2rem)] -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-raised shadow-pop outline-none"
        >
          <Choices />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Filtered here and not by the list itself, which does so a moment later: Enter right after typing has to take what was typed. */
function Choices() {
  const { t } = useTranslation('commands');
  const groups = useCommandRegistry((state) => state.groups);
  const sections = useMemo(() => bySection([...groups.values()].flat()), [groups]);
  const search = useCommandRegistry((state) => state.search);
  useEffect(() => () => useCommandRegistry.setState({ search: '' }), []);
  const [chosen, setChosen] = useState<string>();
  const found = useMemo(() => ranked(sections, search), [sections, search]);
  const first = found[0]?.[1][0];
  const value = chosen ?? (first && valueOf(first)) ?? '';

  const run = (command: AppCommand) => {
    closeCommandPalette();
    // After the palette has given the focus back, so that the command may move it.
    requestAnimationFrame(() => command.run());
  };

  return (
    <Command label={t('label')} loop shouldFilter={false} value={value} onValueChange={setChosen}>
      <div className="flex items-center gap-2.5 border-b border-line px-4">
        <Search aria-hidden="true" className="size-4 shrink-0 text-subtle" />
        <Command.Input
          value={search}
          onValueChange={(text: string) => {
            useCommandRegistry.setState({ search: text });
            setChosen(undefined);
          }}
          placeholder={t('placeholder')}
          className="h-12 w-full bg-transparent text-base text-fg outline-none"
        />
        <Kbd>Esc</Kbd>
      </div>
      <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-1.5">
        <Command.Empty className="px-3 py-8 text-center text-sm text-muted">{t('nothing')}</Command.Empty>
        {found.map(([section, commands]) => (
          <Command.Group
            key={section}
            heading={section}
            className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-subtle"
          >
            {commands.map((command) => (
              <Command.Item
                key={command.id}
                value={valueOf(command)}
                onSelect={() => run(command)}
                className="flex h-9 items-center gap-2.5 rounded-md px-2.5 text-sm text-fg select-none data-[selected=true]:bg-hover [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-subtle"
              >
                {command.icon}
                <span className="one-line flex-1">{command.title}</span>
                {command.shortcut !== undefined && <Kbd>{command.shortcut}</Kbd>}
              </Command.Item>
            ))}
          </Command.Group>
        ))}
      </Command.List>
    </Command>
  );
}

/** Below it the letters of what was typed only happen to stand somewhere, in order. */
const leastScore = 0.01;

/** The commands that fit what was typed, the best of each section first, and the section with the best one first. */
export function ranked(sections: readonly Section[], search: string): Section[] {
  if (search.trim() === '') return [...sections];
  const found = sections.map(([section, commands]) => {
    const scored = commands
      .map((command) => ({ command, score: defaultFilter(valueOf(command), search, command.keywords) }))
      .filter(({ score }) => score > leastScore);
    return { section, scored: scored.toSorted((one, other) => other.score - one.score) };
  });
  const best = found.filter(({ scored }) => scored.length > 0).toSorted((one, other) => (other.scored[0]?.score ?? 0) - (one.scored[0]?.score ?? 0));
  return best.map(({ section, scored }) => [section, scored.map(({ command }) => command)]);
}

const valueOf = ({ title, id }: AppCommand): string => `${title} ${id}`;

function bySection(commands: AppCommand[]): Section[] {
  const sections = new Map<string, AppCommand[]>();
  for (const command of commands) {
    const section = sections.get(command.section);
    if (section === undefined) sections.set(command.section, [command]);
    else section.push(command);
  }
  return [...sections];
}
