import type { FieldProps } from '@rjsf/utils';
import { isObject, type JsonObject, type JsonSchema } from '@weft/json-schema';
import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { border, control, controlHeight, iconButton, quietButton } from '../styles.ts';
import { parseNumber } from './number-field.tsx';
import { shown, useLeaf } from './use-leaf.ts';

interface Pair {
  name: string;
  value: string;
}

/** A map of plain values as rows of name and value. Rows without a name yet live here until they have one. */
export function KeyValueField(props: FieldProps) {
  const leaf = useLeaf(props);
  const { texts } = leaf.slots;
  const stored = pairsOf(leaf.value);
  const [draft, setDraft] = useState<Pair[]>();
  const pairs = draft && sameMap(toMap(draft, leaf.schema), leaf.value) ? draft : stored;
  const update = (next: Pair[]): void => {
    setDraft(next);
    const map = toMap(next, leaf.schema);
    leaf.change(Object.keys(map).length === 0 ? undefined : map);
  };
  const duplicate = pairs.find((pair, index) => pair.name !== '' && pairs.findIndex(({ name }) => name === pair.name) !== index);
  return (
    <fieldset id={leaf.id} className="flex min-w-0 flex-col gap-1.5" aria-label={leaf.title}>
      {pairs.map((pair, index) => (
        // The position is the row's identity: names change while they are typed.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="flex gap-1.5">
          <input
            className={`${control} ${controlHeight} ${border(leaf.invalid)} basis-2/5`}
            value={pair.name}
            placeholder={texts.name}
            aria-label={texts.nameOf(index + 1)}
            readOnly={leaf.readOnly}
            onBlur={leaf.blur}
            onChange={(event) => update(replaced(pairs, index, { ...pair, name: event.target.value }))}
          />
          <input
            className={`${control} ${controlHeight} ${border(leaf.invalid)} basis-3/5`}
            value={pair.value}
            placeholder={texts.value}
            aria-label={texts.valueOf(pair.name === '' ? String(index + 1) : pair.name)}
            readOnly={leaf.readOnly}
            onBlur={leaf.blur}
            onChange={(event) => update(replaced(pairs, index, { ...pair, value: event.target.value }))}
          />
          <button
            type="button"
            className={iconButton}
            disabled={leaf.readOnly}
            aria-label={texts.remove(pair.name === '' ? texts.item(leaf.title, index + 1) : pair.name)}
            onClick={() => update(pairs.filter((_, at) => at !== index))}
          >
            <Trash2 size={14} aria-hidden />
          </button>
        </div>
      ))}
      {duplicate && <p className="text-xs text-warn-text">{texts.twice(duplicate.name)}</p>}
      <button
        type="button"
        className={`${quietButton} self-start`}
        disabled={leaf.readOnly}
        onClick={() => setDraft([...pairs, { name: '', value: '' }])}
      >
        <Plus size={14} aria-hidden /> {texts.addPair}
      </button>
    </fieldset>
  );
}

const pairsOf = (value: unknown): Pair[] =>
  isObject(value) ? Object.entries(value).map(([name, inner]) => ({ name, value: shown(inner) })) : [];

const replaced = (pairs: Pair[], index: number, pair: Pair): Pair[] => pairs.map((old, at) => (at === index ? pair : old));

function toMap(pairs: Pair[], schema: JsonSchema): JsonObject {
  const inner = isObject(schema['x-values']) ? (schema['x-values'] as JsonSchema) : {};
  const types = [inner.type].flat();
  // Where text may stand too, 007 is a text.
  const numeric = types.some((type) => type === 'number' || type === 'integer') && !types.includes('string');
  return Object.fromEntries(
    pairs.filter(({ name }) => name !== '').map(({ name, value }) => [name, numeric ? (parseNumber(value) ?? '') : value]),
  );
}

const sameMap = (map: JsonObject, value: unknown): boolean => JSON.stringify(map) === JSON.stringify(value ?? {});
