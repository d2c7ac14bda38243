import { Command } from 'cmdk';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { focusStep, openQuickAdd, type QuickAdd as QuickAddState } from '../canvas/canvas-view.ts';
import { useEditor } from '../editor/state/index.ts';
import { popupClass } from '../ui/index.ts';
import { addItem } from './add-item.ts';
import { ItemRow } from './item-row.tsx';
import { generalItems, searchItems, type PaletteItem } from './items.ts';
import { useRecent } from './recent.ts';
import { useItems } from './use-items.ts';

/** A stream for every record of another one cannot be. */
function insideStream(where: QuickAddState['where']): boolean {
  if (where === undefined) return false;
  const { steps } = useEditor.getState().document;
  const loop = 'inside' in where ? where.inside : 'after' in where ? steps[where.after[0]]?.in : 'edge' in where ? steps[where.edge.from[0]]?.in : undefined;
  const around = loop === undefined ? undefined : steps[loop];
  return around?.kind === 'forEach' && around.source !== undefined;
}

const size = { width: 320, height: 380 };

/** What can be added here, found by typing. */
export function QuickAddList({ where, offer, x, y }: QuickAddState) {
  const { t } = useTranslation('palette');
  const { logic, streams, triggers, actions, byId } = useItems();
  const recentIds = useRecent((state) => state.ids);
  const box = useRef<HTMLDialogElement>(null);
  const label = offer === 'triggers' ? t('quickAddTrigger') : t('quickAdd');
  const [text, setText] = useState('');
  const isSearching = text.trim() !== '';
  const recent = recentIds.flatMap((id) => byId.get(id) ?? []).filter(({ kind }) => kind !== 'trigger');
  const found: [title: string, items: PaletteItem[]][] =
    offer === 'triggers'
      ? [[t('triggers'), searchItems(triggers, text)]]
      : isSearching
        ? [[t('steps'), searchItems<PaletteItem>([...logic, ...streams, ...actions], text)]]
        : [
            [t('recent'), recent],
            [t('logic'), logic],
            [t('streams'), insideStream(where) ? [] : streams],
            [t('steps'), actions],
          ];
  const nothing = found.every(([, items]) => items.length === 0);
  const groups: typeof found = nothing ? [[t('general'), generalItems(offer === 'triggers' ? triggers : actions)]] : found;

  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) openQuickAdd(null);
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => document.removeEventListener('pointerdown', onPointerDown, true);
  }, []);

  const close = () => {
    openQuickAdd(null);
    const selected = useEditor.getState().selection.at(-1);
    if (selected !== undefined) focusStep(selected);
  };
  const choose = (item: PaletteItem) => {
    openQuickAdd(null);
    addItem(item, where);
  };

  return (
    <dialog
      ref={box}
      open
      aria-label={label}
      className={`${popupClass} fixed z-50 m-0 flex flex-col p-0!`}
      style={{
        left: Math.max(8, Math.min(x, window.innerWidth - size.width - 8)),
        top: Math.max(8, Math.min(y, window.innerHeight - size.height - 8)),
        width: size.width,
        maxHeight: size.height,
      }}
    >
      <Command
        label={label}
        loop
        shouldFilter={false}
        className="flex min-h-0 flex-col"
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== 'Escape' && event.key !== 'Tab') return;
          event.preventDefault();
          close();
        }}
      >
        <div className="flex items-center gap-2 border-b border-line px-3">
          <Search aria-hidden="true" className="size-3.5 shrink-0 text-subtle" />
          {/* Opened by the person to type into it. */}
          <Command.Input
            autoFocus
            value={text}
            onValueChange={setText}
            placeholder={label}
            className="h-10 w-full bg-transparent text-sm text-fg outline-none"
          />
        </div>
        <Command.List className="min-h-0 overflow-y-auto p-1">
          {nothing && <p className="px-2 pt-3 pb-1 text-sm text-muted">{t('nothing', { text })}</p>}
          {groups.map(([title, items]) => items.length > 0 && <Group key={title} title={title} items={items} onChoose={choose} />)}
        </Command.List>
      </Command>
    </dialog>
  );
}

function Group({ title, items, onChoose }: { title: string; items: readonly PaletteItem[]; onChoose: (item: PaletteItem) => void }) {
  return (
    <Command.Group
      heading={title}
      className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:pt-2 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-xs [&_[cmdk-group-heading]]:font-medium [&_[cmdk-group-heading]]:text-subtle"
    >
      {items.map((item) => (
        <Command.Item
          key={item.id}
          // An item may stand under "Recent" as well.
          value={`${title} ${item.id}`}
          onSelect={() => onChoose(item)}
          className="flex h-11 items-center gap-2.5 rounded-md px-2 select-none data-[selected=true]:bg-hover"
        >
          <ItemRow item={item} />
        </Command.Item>
      ))}
    </Command.Group>
  );
}
