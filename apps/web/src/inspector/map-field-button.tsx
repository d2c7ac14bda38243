import { valueAt, type JsonObject, type JsonSchema } from '@weft/json-schema';
import type { Expression } from '@weft/mapping';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SourcePicker } from '../mapper/expression/source-picker.tsx';
import { setExpression } from '../mapper/rules/edit-rules.ts';
import { useEditMapping } from '../mapper/use-mapping.ts';
import { MapPopover } from './map-popover.tsx';
import './words.ts';

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
    <MapPopover label={t('mapField', { title })} open={open} onOpenChange={setOpen}>
      <SourcePicker onPick={pick} />
    </MapPopover>
  );
}
