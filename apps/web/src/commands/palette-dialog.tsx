import { Dialog } from '@base-ui/react/dialog';
import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Kbd } from '../ui/index.ts';
import { closeCommandPalette, useCommandRegistry, type AppCommand } from './registry.ts';

/** Everything that can be done here, found by typing. */
export function PaletteDialog() {
  const { t } = useTranslation('commands');
  const { groups, open } = useCommandRegistry();
  const sections = useMemo(() => bySection([...groups.values()].flat()), [groups]);

  const run = (command: AppCommand) => {
    closeCommandPalette();
    // After the palette has given the focus back, so that the command may move it.
    requestAnimationFrame(() => command.run());
  };

  return (
    <Dialog.Root open={open} onOpenChange={(next) => useCommandRegistry.setState({ open: next })}>
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-50 bg-scrim" />
        <Dialog.Popup
          aria-label={t('label')}
          className="fixed top-[14vh] left-1/2 z-50 w-150 max-w-[calc(100vw-2rem)] -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-raised shadow-pop outline-none"
        >
          <Command label={t('label')} loop>
            <div className="flex items-center gap-2.5 border-b border-line px-4">
              <Search aria-hidden="true" className="size-4 shrink-0 text-subtle" />
              <Command.Input placeholder={t('placeholder')} className="h-12 w-full bg-transparent text-base text-fg outline-none" />
              <Kbd>Esc</Kbd>
            </div>
            <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-1.5">
              <Command.Empty className="px-3 py-8 text-center text-sm text-muted">{t('nothing')}</Command.Empty>
              {sections.map(([section, commands]) => (
                <Command.Group
                  key={section}
                  heading={section}
                  className="[&_[cmdk-group-heading]]:px-2.5 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-subtle"
                >
                  {commands.map((command) => (
                    <Command.Item
                      key={command.id}
                      value={`${command.title} ${command.id}`}
                      keywords={command.keywords}
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
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function bySection(commands: AppCommand[]): [string, AppCommand[]][] {
  const sections = new Map<string, AppCommand[]>();
  for (const command of commands) {
    const section = sections.get(command.section);
    if (section === undefined) sections.set(command.section, [command]);
    else section.push(command);
  }
  return [...sections];
}
