import { isAnything, waysOf, type JsonSchema } from '@weft/json-schema';
import { ListPlus } from 'lucide-react';
import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { VirtualTree } from '../data-view/virtual-tree.tsx';
import { useEditor } from '../editor/state/index.ts';
import { OpenPartEditor } from '../inspector/open-part-editor.tsx';
import { Button, Popover } from '../ui/index.ts';
import { AddField } from './add-field.tsx';
import { chooseSource, hover, selectTarget, toggle, useMapper } from './mapper-state.ts';
import { useMapperContext } from './mapper-context.ts';
import { changeRule } from './rules/edit-rules.ts';
import { PaneHead } from './source-pane.tsx';
import { TargetRowView, targetRowHeight } from './target-row-view.tsx';
import type { TargetRow } from './tree/target-tree.ts';
import './words.ts';

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
  const current = targetRows.find((row) => row.key === (active ?? selected));

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
  const keys: Record<string, (() => void) | undefined> = {
    ArrowRight: current?.expandable && !current.open ? () => toggle('toggledTargets', current.key) : undefined,
    ArrowLeft: current?.open ? () => toggle('toggledTargets', current.key) : undefined,
    Enter: current && (() => {
      const joining = source !== null;
      take(current);
      if (!joining) onEdit();
    }),
    Delete: current?.placed ? () => clear(current) : undefined,
    Backspace: current?.placed ? () => clear(current) : undefined,
    Escape: source ? () => chooseSource(null) : undefined,
  };

  return (
    <section aria-label={t('to')} className="flex min-h-0 min-w-0 flex-col border-l border-line bg-surface">
      <PaneHead title={t('to')} hint={t('toHint')} search={search} onSearch={onSearch} searchLabel={t('searchTo')}>
        {described && (
          <Popover align="end" className="max-h-[70dvh] w-110 overflow-auto" trigger={<Button size="sm" icon={<ListPlus />}>{t('fieldsButton')}</Button>}>
            <OpenPartEditor inMapper stepId={stepId} part={{ path: [], title: t('wholeResult'), described }} />
          </Popover>
        )}
        {!described && takesDescribedOthers(model.target) && (
          <Popover align="end" trigger={<Button size="sm" icon={<ListPlus />}>{t('addFieldToTarget')}</Button>}>
            <AddField into={[]} />
          </Popover>
        )}
      </PaneHead>
      <VirtualTree
        label={t('to')}
        rows={targetRows}
        rowHeight={targetRowHeight}
        active={current?.key}
        onMove={(row) => {
          setActive(row.key);
          if (!source) selectTarget(row.key);
        }}
        keys={keys}
        onFocus={() => {
          if (!current) setActive(targetRows[0]?.key);
        }}
        onScroll={onScroll}
        scroller={scroller}
        below={
          <>
            {targetRows.length === 1 && targetRows[0]?.describable && targetRows[0].placed === undefined && (
              <div className="max-w-120 p-4">
                <OpenPartEditor inMapper stepId={stepId} part={{ path: [], title: t('wholeResult'), described: undefined }} />
              </div>
            )}
            {targetRows.length === 0 && <p className="p-4 text-sm text-subtle">{search === '' ? t('noTargets') : t('noFieldFound', { text: search })}</p>}
          </>
        }
      >
        {(row, placed) => (
          <TargetRowView
            key={row.key}
            {...placed}
            row={row}
            selected={row.key === selected}
            onSelect={() => take(row)}
            onToggle={() => toggle('toggledTargets', row.key)}
            onDrop={() => take(row)}
            onClear={() => clear(row)}
            onHover={(over) => hover(over ? `to:${row.key}` : null)}
          />
        )}
      </VirtualTree>
      {model.document.rules.length === 0 && targetRows.length > 1 && (
        <p className="shrink-0 border-t border-line bg-sunken px-4 py-2 text-xs text-muted">{t('linesHint')}</p>
      )}
    </section>
  );
}

/** Beside the fields that are named, others are described too. */
const takesDescribedOthers = (target: JsonSchema): boolean =>
  waysOf(target, target).some(({ properties, additionalProperties: others }) => properties !== undefined && typeof others === 'object' && !isAnything(others));
