import type { Rule } from '@weft/mapping';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SourcePicker } from '../mapper/expression/source-picker.tsx';
import { setExpression } from '../mapper/rules/edit-rules.ts';
import { useEditMapping } from '../mapper/use-mapping.ts';
import { controlClass, cx, Popover } from '../ui/index.ts';
import { ChipControl } from './chip-control.tsx';

interface MappedEntriesProps {
  stepId: string;
  path: string[];
  /** Entries of the map that are mapped; the fixed ones are in the form. */
  chips: readonly Rule[];
  title: string;
}

/** The mapped entries of a map of names and values (headers, query), and a way to add one. */
export function MappedEntries({ stepId, path, chips, title }: MappedEntriesProps) {
  const { t } = useTranslation('inspector');
  const edit = useEditMapping(stepId);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      {chips.map(
        (rule) =>
          rule.value && (
            <div key={rule.id} className="flex min-w-0 flex-col gap-0.5">
              <span className="text-xs text-muted">{rule.to.slice(path.length).join(' › ')}</span>
              <ChipControl stepId={stepId} rule={{ ...rule, value: rule.value }} title={rule.to.at(-1) ?? title} schema={{ type: 'string' }} />
            </div>
          ),
      )}
      <Popover
        open={open}
        onOpenChange={setOpen}
        className="p-0!"
        trigger={
          <button type="button" className="inline-flex h-7 items-center gap-1 self-start rounded-md px-1.5 text-xs font-medium text-muted hover:bg-hover hover:text-fg">
            <Link2 aria-hidden="true" className="size-3.5" /> {t('addMappedEntry')}
          </button>
        }
      >
        <div className="border-b border-line p-2">
          <input
            aria-label={t('entryName')}
            placeholder={t('entryName')}
            className={cx(controlClass, 'h-7 text-xs')}
            value={name}
            onChange={(event) => setName(event.target.value)}
            // A pop-up that asks for a name takes the focus.
            // oxlint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
          />
        </div>
        <SourcePicker
          focus={false}
          onPick={(picked, row) => {
            setOpen(false);
            setName('');
            edit(t('undo.input'), (document) => setExpression(document, [...path, name.trim() || row.name], picked));
          }}
        />
      </Popover>
    </div>
  );
}
