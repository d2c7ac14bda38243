import type { FieldProps } from '@rjsf/utils';
import { typedJson, type Json } from '@weft/json-schema';
import { useState } from 'react';
import { border, control } from '../styles.ts';
import { ChoiceControl, choicesOf } from './choice-control.tsx';
import { useLeaf } from './use-leaf.ts';

/** A field whose schema names no type: a closed list of values where it has one, JSON text otherwise. */
export function UntypedField(props: FieldProps) {
  const leaf = useLeaf(props);
  const choices = choicesOf(leaf.schema);
  return choices ? <ChoiceControl leaf={leaf} choices={choices} /> : <JsonField {...props} />;
}

/** A value of any shape, as JSON text. Plain text that is not JSON is told so, never changed silently. */
export function JsonField(props: FieldProps) {
  const leaf = useLeaf(props);
  const { texts } = leaf.slots;
  const [draft, setDraft] = useState<string>();
  const typed = draft === undefined || draft.trim() === '' ? undefined : typedJson(draft);
  const broken = draft !== undefined && draft.trim() !== '' && !(typed && 'value' in typed);
  const text = draft !== undefined && (broken || same(draft, leaf.value)) ? draft : format(leaf.value);
  const noteId = `${leaf.id}__json`;
  return (
    <div className="flex flex-col gap-1">
      <textarea
        id={leaf.id}
        rows={Math.min(10, Math.max(2, text.split('\n').length))}
        className={`${control} ${border(leaf.invalid || broken)} py-1.5 font-mono text-xs`}
        spellCheck={false}
        value={text}
        readOnly={leaf.readOnly}
        aria-label={leaf.title}
        aria-invalid={leaf.invalid || broken || undefined}
        aria-describedby={[leaf.describedBy, noteId].filter(Boolean).join(' ')}
        onBlur={leaf.blur}
        onChange={(event) => {
          setDraft(event.target.value);
          if (event.target.value.trim() === '') return leaf.change(undefined);
          const now = typedJson(event.target.value);
          if (now && 'value' in now) leaf.change(now.value);
        }}
      />
      <p id={noteId} className={`text-xs ${broken ? 'text-danger-text' : 'text-subtle'}`}>
        {!broken && typeof leaf.schema['x-broken'] === 'string'
          ? texts.brokenRef(leaf.schema['x-broken'])
          : broken
          ? (typed && 'refused' in typed ? typed.refused : texts.notJson)
          : texts.jsonHint}
      </p>
    </div>
  );
}

const format = (value: Json | undefined): string => (value === undefined ? '' : JSON.stringify(value, null, 2));
function same(draft: string, value: Json | undefined): boolean {
  if (draft.trim() === '') return value === undefined;
  const typed = typedJson(draft);
  return typed !== undefined && 'value' in typed && JSON.stringify(typed.value) === JSON.stringify(value);
}
