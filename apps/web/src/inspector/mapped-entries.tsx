import type { Rule } from '@weft/mapping';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SourcePicker } from '../mapper/expression/source-picker.tsx';
import { setExpression } from '../mapper/rules/edit-rules.ts';
import { useEditMapping } from '../mapper/use-mapping.ts';
import { controlClass, cx } from '../ui/index.ts';
import { ChipControl } from './chip-control.tsx';
import { MapPopover } from './map-popover.tsx';
import './words.ts';

interface MappedEntriesProps {
  stepId: string;
  path: string[];
  /** Entries of the map that are mapped; the fixed ones are in the form. */
  chips: readonly Rule[];
  title: string;
}

/** The mapped entries of a map of names and values (headers, query). */
export function MappedEntries({ stepId, path, chips, title }: MappedEntriesProps) {
  if (chips.length === 0) return null;
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
    </div>
  );
}

/** Adds an entry whose value comes from an earlier step: a name, then the field. */
export function MapEntryButton({ stepId, path, title }: Omit<MappedEntriesProps, 'chips'>) {
  const { t } = useTranslation('inspector');
  const edit = useEditMapping(stepId);
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  return (
    <MapPopover label={t('addMappedEntry', { title })} open={open} onOpenChange={setOpen}>
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
    </MapPopover>
  );
}
