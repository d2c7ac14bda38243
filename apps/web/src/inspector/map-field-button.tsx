import { valueAt, type JsonObject, type JsonSchema } from '@weft/json-schema';
import type { Expression } from '@weft/mapping';
import { Link2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SourcePicker } from '../mapper/expression/source-picker.tsx';
import { setExpression } from '../mapper/rules/edit-rules.ts';
import { useEditMapping } from '../mapper/use-mapping.ts';
import { Popover } from '../ui/index.ts';

interface MapFieldButtonProps {
  stepId: string;
  path: string[];
  title: string;
  schema: JsonSchema;
  /** The form's values: a text that is there already stays in front of the field. */
  value: JsonObject;
}

/** Turns a field into a mapped one: choose where its value comes from. */
export function MapFieldButton({ stepId, path, title, schema, value }: MapFieldButtonProps) {
  const { t } = useTranslation('inspector');
  const edit = useEditMapping(stepId);
  const [open, setOpen] = useState(false);
  const typed = valueAt(value, path);
  const pick = (picked: Expression): void => {
    setOpen(false);
    const isText = [schema.type].flat().includes('string') && typeof typed === 'string' && typed !== '' && !schema.enum;
    edit(t('undo.input'), (document) => setExpression(document, path, isText ? { fn: 'concat', args: [{ const: typed }, picked] } : picked));
  };
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      align="end"
      className="p-0!"
      trigger={
        <button
          type="button"
          aria-label={t('mapField', { title })}
          title={t('mapField', { title })}
          className="inline-flex h-6 shrink-0 items-center gap-1 rounded-md px-1.5 text-xs text-muted hover:bg-hover hover:text-accent-text data-popup-open:bg-hover"
        >
          <Link2 aria-hidden="true" className="size-3.5" /> {t('mapShort')}
        </button>
      }
    >
      <SourcePicker onPick={pick} />
    </Popover>
  );
}
