import type { MappingFunction } from '@weft/mapping';
import { Search } from 'lucide-react';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { cx } from '../../ui/index.ts';
import { functionDescription, functionTitle } from './function-words.ts';
import { searchFunctions } from './search-functions.ts';
import '../words.ts';

const categories = ['text', 'number', 'date', 'list', 'logic', 'convert', 'other'] as const;

/** All functions by category, with a search that knows what else people call them. Arrows move, Enter takes. */
export function FunctionPicker({ onPick }: { onPick: (fn: MappingFunction) => void }) {
  const { t } = useTranslation('mapper');
  const [search, setSearch] = useState('');
  const [active, setActive] = useState(0);
  const groups = useMemo(() => found(search), [search]);
  const flat = groups.flatMap((group) => group.functions);
  const at = Math.min(active, flat.length - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const chosen = flat[at];
    if (event.key === 'ArrowDown') setActive(Math.min(flat.length - 1, at + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, at - 1));
    else if (event.key === 'Enter' && chosen) onPick(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <div className="flex max-h-96 w-88 flex-col">
      <div className="relative shrink-0 border-b border-line focus-within:border-accent">
        <Search aria-hidden="true" className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-subtle" />
        <input
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls="function-list"
          aria-activedescendant={flat[at] ? `function-${flat[at].name}` : undefined}
          aria-label={t('searchFunctions')}
          placeholder={t('searchFunctions')}
          value={search}
          onChange={(event) => {
            setSearch(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="h-9 w-full rounded-t-lg bg-transparent pr-2 pl-8 text-sm outline-none"
        />
      </div>
      {/* A select cannot hold two lines an option. */}
      {/* oxlint-disable-next-line jsx-a11y/prefer-tag-over-role */}
      <div id="function-list" role="listbox" aria-label={t('functions')} className="min-h-0 flex-1 overflow-auto p-1">
        {groups.map((group) => (
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
          <div key={group.category} role="group" aria-label={t(`category.${group.category}`)}>
            <p className="px-2 pt-2 pb-1 text-2xs font-semibold tracking-wide text-subtle uppercase">{t(`category.${group.category}`)}</p>
            {group.functions.map((fn) => (
              // The list's keyboard is the search box's.
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={fn.name}
                id={`function-${fn.name}`}
                // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
                role="option"
                tabIndex={-1}
                aria-selected={flat[at] === fn}
                ref={flat[at] === fn ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
                onClick={() => onPick(fn)}
                className={cx('cursor-pointer rounded-sm px-2 py-1', flat[at] === fn ? 'bg-pressed' : 'hover:bg-hover')}
              >
                <p className="text-sm font-medium">{functionTitle(fn.name)}</p>
                <p className="text-xs text-muted">{functionDescription(fn)}</p>
              </div>
            ))}
          </div>
        ))}
        {flat.length === 0 && <p className="px-2 py-3 text-xs text-subtle">{t('noFunction', { text: search })}</p>}
      </div>
    </div>
  );
}

/** By category; what was searched stands in one list, the likeliest first. */
function found(search: string): { category: (typeof categories)[number] | 'found'; functions: MappingFunction[] }[] {
  const matching = searchFunctions(search);
  if (search.trim() !== '') return matching.length === 0 ? [] : [{ category: 'found', functions: matching }];
  return categories
    .map((category) => ({ category, functions: matching.filter((fn) => fn.category === category) }))
    .filter((group) => group.functions.length > 0);
}
