import { ListPlus } from 'lucide-react';
import { useEffect, useState, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useVirtualRows } from '../data-view/use-virtual-rows.ts';
import { useEditor } from '../editor/state/index.ts';
import { OpenPartEditor } from '../inspector/open-part-editor.tsx';
import { Button, Popover } from '../ui/index.ts';
import { chooseSource, hover, selectTarget, toggle, useMapper } from './mapper-state.ts';
import { useMapperContext } from './mapper-context.ts';
import { changeRule } from './rules/edit-rules.ts';
import { PaneHead } from './source-pane.tsx';
import { TargetRowView, targetRowHeight } from './target-row-view.tsx';
import type { TargetRow } from './tree/target-tree.ts';

interface TargetPaneProps {
  search: string;
  onSearch: (text: string) => void;
  onScroll: (top: number) => void;
  scroller: RefObject<HTMLDivElement | null>;
  /** Enter on a target without a chosen source: its value is edited. */
  onEdit: () => void;
}

/** The "to" side. Enter joins the chosen source or opens the value; Delete takes the value away. */
export function TargetPane({ search, onSearch, onScroll, scroller, onEdit }: TargetPaneProps) {
  const { t } = useTranslation('mapper');
  const { stepId, model, targetRows, join, edit } = useMapperContext();
  /** A transform's result is described as a whole; open parts of other steps have a row of their own. */
  const described = useEditor((state) => (state.document.steps[stepId]?.kind === 'transform' ? state.document.steps[stepId].schemas?.input : undefined));
  const source = useMapper((state) => state.source);
  const selected = useMapper((state) => state.selected);
  const [active, setActive] = useState<string>();
  const { items, height, virtual } = useVirtualRows(scroller, { count: targetRows.length, rowHeight: targetRowHeight });
  const at = targetRows.findIndex((row) => row.key === (active ?? selected));
  const current = targetRows[at];

  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at);
  }, [at, virtual]);

  const clear = (row: TargetRow): void => {
    const id = row.placed?.rule.id;
    if (id !== undefined) edit(t('undo.clear', { name: row.name }), (document) => changeRule(document, id, () => undefined));
  };
  const take = (row: TargetRow): void => {
    setActive(row.key);
    if (source) {
      join(source, row);
      chooseSource(null);
    }
    selectTarget(row.key);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const move = (index: number): void => {
      const next = targetRows[Math.max(0, Math.min(targetRows.length - 1, index))];
      setActive(next?.key);
      if (next && !source) selectTarget(next.key);
    };
    const actions: Record<string, (() => void) | undefined> = {
      ArrowDown: () => move(at + 1),
      ArrowUp: () => move(at - 1),
      Home: () => move(0),
      End: () => move(targetRows.length - 1),
      ArrowRight: () => (current?.expandable && !current.open ? toggle('toggledTargets', current.key) : move(at + 1)),
      ArrowLeft: current?.open ? () => toggle('toggledTargets', current.key) : undefined,
      Enter: current
        ? () => {
            const joining = source !== null;
            take(current);
            if (!joining) onEdit();
          }
        : undefined,
      Delete: current?.placed ? () => clear(current) : undefined,
      Backspace: current?.placed ? () => clear(current) : undefined,
      Escape: source ? () => chooseSource(null) : undefined,
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  };

  return (
    <section aria-label={t('to')} className="flex min-h-0 min-w-0 flex-col border-l border-line bg-surface">
      <PaneHead title={t('to')} hint={t('toHint')} search={search} onSearch={onSearch} searchLabel={t('searchTo')}>
        {described && (
          <Popover align="end" className="max-h-[70dvh] w-110 overflow-auto" trigger={<Button size="sm" icon={<ListPlus />}>{t('fieldsButton')}</Button>}>
            <OpenPartEditor inMapper stepId={stepId} part={{ path: [], title: t('wholeResult'), described }} />
          </Popover>
        )}
      </PaneHead>
      <div
        ref={scroller}
        role="tree"
        aria-label={t('to')}
        tabIndex={0}
        aria-activedescendant={current ? `to-${at}` : undefined}
        onKeyDown={onKeyDown}
        onFocus={() => {
          if (!current) setActive(targetRows[0]?.key);
        }}
        onScroll={(event) => onScroll(event.currentTarget.scrollTop)}
        className="focus-inset min-h-0 flex-1 overflow-auto"
      >
        <div style={{ height, position: 'relative' }}>
          {items.map((item) => {
            const row = targetRows[item.index];
            return (
              row && (
                <TargetRowView
                  key={row.key}
                  id={`to-${item.index}`}
                  row={row}
                  top={item.start}
                  active={item.index === at}
                  selected={row.key === selected}
                  onSelect={() => take(row)}
                  onToggle={() => toggle('toggledTargets', row.key)}
                  onDrop={() => take(row)}
                  onClear={() => clear(row)}
                  onHover={(over) => hover(over ? `to:${row.key}` : null)}
                />
              )
            );
          })}
        </div>
        {targetRows.length === 1 && targetRows[0]?.describable && targetRows[0].placed === undefined && (
          <div className="max-w-120 p-4">
            <OpenPartEditor inMapper stepId={stepId} part={{ path: [], title: t('wholeResult'), described: undefined }} />
          </div>
        )}
        {targetRows.length === 0 && <p className="p-4 text-sm text-subtle">{search === '' ? t('noTargets') : t('noFieldFound', { text: search })}</p>}
      </div>
      {model.document.rules.length === 0 && targetRows.length > 1 && <p className="shrink-0 border-t border-line bg-sunken px-4 py-2 text-xs text-muted">{t('linesHint')}</p>}
    </section>
  );
}
