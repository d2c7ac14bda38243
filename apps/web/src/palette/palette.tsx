import { triggerOf } from '@weft/flow';
import { Search, X } from 'lucide-react';
import { useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/state/index.ts';
import { addItem } from './add-item.ts';
import { beginDrag } from './drop.ts';
import { ItemRow } from './item-row.tsx';
import { generalItems, searchItems, type PaletteItem } from './items.ts';
import { useRecent } from './recent.ts';
import { useItems } from './use-items.ts';

interface Section {
  id: string;
  title: string;
  items: PaletteItem[];
}

/** Everything that can be added: drag it onto the canvas, or press Enter to add it after the selected step. */
export function Palette() {
  const { t } = useTranslation('palette');
  const [text, setText] = useState('');
  const list = useRef<HTMLDivElement>(null);
  const hintId = useId();
  const { sections, nothing } = useSections(text);
  const readOnly = useEditor((state) => state.readOnly);
  const rows = () => [...(list.current?.querySelectorAll<HTMLButtonElement>('button[data-item]') ?? [])];

  const onListKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = rows();
    const at = all.findIndex((row) => row === document.activeElement);
    const next = all[at + step];
    if (next) next.focus();
    else if (step < 0) list.current?.parentElement?.querySelector('input')?.focus();
  };

  return (
    <search className="flex h-full flex-col" aria-label={t('steps')}>
      <div className="relative px-3 pt-3 pb-2">
        <Search aria-hidden="true" className="pointer-events-none absolute top-5.5 left-5.5 size-3.5 text-subtle" />
        <input
          type="search"
          data-palette-search
          value={text}
          placeholder={t('search')}
          aria-label={t('search')}
          aria-describedby={hintId}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'ArrowDown') {
              event.preventDefault();
              rows()[0]?.focus();
            } else if (event.key === 'Enter') {
              const first = sections[0]?.items[0];
              if (first && text !== '' && !nothing && !readOnly) addItem(first);
            } else if (event.key === 'Escape' && text !== '') {
              event.stopPropagation();
              setText('');
            }
          }}
          className="h-8 w-full rounded-md border border-line-strong bg-raised pr-7 pl-8 text-sm text-fg [&::-webkit-search-cancel-button]:hidden"
        />
        {text !== '' && (
          <button
            type="button"
            aria-label={t('clear')}
            onClick={() => setText('')}
            className="absolute top-4 right-4 grid size-6 place-items-center rounded-sm text-subtle hover:text-fg"
          >
            <X aria-hidden="true" className="size-3.5" />
          </button>
        )}
      </div>
      <div ref={list} onKeyDown={onListKey} role="presentation" className="min-h-0 flex-1 overflow-y-auto px-1.5 pb-3">
        {nothing && <p className="px-2 pt-4 pb-1 text-sm text-muted">{t('nothing', { text })}</p>}
        {sections.map(({ id, title, items }) => (
          <section key={id} aria-label={title}>
            <h2 className="px-2 pt-3 pb-1 text-xs font-medium text-subtle">{title}</h2>
            <ul>
              {items.map((item) => (
                <li key={item.id}>
                  <button
                    type="button"
                    data-item={item.id}
                    // One stop for the Tab key; the arrows go through them.
                    tabIndex={item === sections[0]?.items[0] ? 0 : -1}
                    // Not disabled: a list of which nothing can be chosen is still read, and scrolled with the keyboard.
                    aria-disabled={readOnly}
                    draggable={!readOnly}
                    onDragStart={(event) => beginDrag(event.dataTransfer, item)}
                    onClick={() => !readOnly && addItem(item)}
                    className="group focus-inset flex h-11 w-full items-center gap-2.5 rounded-md px-2 hover:bg-hover not-aria-disabled:cursor-grab aria-disabled:opacity-60"
                  >
                    <ItemRow item={item} grip />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p id={hintId} className="border-t border-line px-3.5 py-2 text-xs text-muted">
        {t('hint')}
      </p>
    </search>
  );
}

/**
 * Searching: one list, best first, and where nothing is found what reaches any service. Otherwise recent ones, logic, and the connectors by
 * category; triggers while there is none.
 */
function useSections(text: string): { sections: Section[]; nothing: boolean } {
  const { t } = useTranslation('palette');
  const { logic, streams, triggers, actions, byId } = useItems();
  const recent = useRecent((state) => state.ids);
  const hasTrigger = useEditor(({ document }) => triggerOf(document) !== undefined);
  return useMemo(() => {
    const steps: PaletteItem[] = [...logic, ...streams, ...actions];
    const triggerSection: Section = { id: 'triggers', title: hasTrigger ? t('replaceTrigger') : t('triggers'), items: searchItems(triggers, text) };
    const found: Section[] =
      text.trim() === ''
        ? [
            { id: 'recent', title: t('recent'), items: recent.flatMap((id) => byId.get(id) ?? []).filter(({ kind }) => kind !== 'trigger') },
            { id: 'logic', title: t('logic'), items: logic },
            { id: 'streams', title: t('streams'), items: streams },
            ...byCategory(actions, t('categories.general')),
          ]
        : [{ id: 'found', title: t('steps'), items: searchItems(steps, text) }];
    const sections = (hasTrigger ? [...found, triggerSection] : [triggerSection, ...found]).filter(({ items }) => items.length > 0);
    if (sections.length > 0) return { sections, nothing: false };
    return { sections: [{ id: 'general', title: t('general'), items: generalItems([...actions, ...triggers]) }], nothing: true };
  }, [actions, byId, hasTrigger, logic, recent, streams, t, text, triggers]);
}

function byCategory(actions: ReturnType<typeof useItems>['actions'], other: string): Section[] {
  const sections = new Map<string, PaletteItem[]>();
  for (const item of actions) {
    const category = item.connector.categories[0] ?? other;
    sections.set(category, [...(sections.get(category) ?? []), item]);
  }
  return [...sections].map(([title, items]) => ({ id: `category:${title}`, title: title.charAt(0).toUpperCase() + title.slice(1), items }));
}
