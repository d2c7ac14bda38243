import { equal, type JsonObject, type JsonSchema } from '@weft/json-schema';
import { isDangerousName } from '@weft/json-schema/read';
import { Plus, Trash2 } from 'lucide-react';
import { useId, useRef, useState } from 'react';
import { border, control, controlHeight, iconButton, quietButton } from '../styles.ts';
import type { FormTexts } from '../texts.ts';
import { doubleName, mapOf, pairsFrom, rowsOf, type PairRow } from './pair-rows.ts';

interface PairsProps {
  id: string;
  title: string;
  value: JsonObject | undefined;
  /** The schema of each value. */
  values: JsonSchema;
  /** Names that are written elsewhere in the form. */
  hasOwnField?: (name: string) => boolean;
  readOnly: boolean;
  invalid: boolean;
  texts: FormTexts;
  /** Of the button that adds a row. Default: that it adds an entry. */
  addTitle?: string;
  onChange(value: JsonObject): void;
  onBlur(): void;
}

/**
 * A map as rows of name and value. While they are typed the rows are what counts, each with an identity of its own: a name on its way
 * through another one's, a number that the map would put first and a row without a name stay where they are.
 */
export function Pairs({ id, title, value, values, hasOwnField, readOnly, invalid, texts, addTitle = texts.addPair, onChange, onBlur }: PairsProps) {
  const [draft, setDraft] = useState<PairRow[]>();
  const prefix = useId();
  const made = useRef(0);
  const rows = draft && equal(mapOf(draft, values, hasOwnField), value ?? {}) ? draft : rowsOf(value);
  const fresh = (name = '', text = ''): PairRow => ({ id: `${prefix}${made.current++}`, name, text });
  const update = (next: PairRow[]): void => {
    setDraft(next);
    onChange(mapOf(next, values, hasOwnField));
  };
  const change = (row: PairRow, changes: Partial<PairRow>): void => update(rows.map((old) => (old.id === row.id ? { ...old, ...changes } : old)));
  const paste = (row: PairRow, text: string): boolean => {
    const pairs = pairsFrom(text);
    if (!pairs || (pairs.length === 1 && row.name !== '')) return false;
    update(rows.flatMap((old) => (old.id === row.id ? pairs.map((pair, at) => (at === 0 ? { ...old, ...pair } : fresh(pair.name, pair.text))) : [old])));
    return true;
  };
  const twice = doubleName(rows);
  const elsewhere = rows.find(({ name }) => hasOwnField?.(name))?.name;
  const refused = rows.find(({ name }) => isDangerousName(name))?.name;
  return (
    <fieldset id={id} className="flex min-w-0 flex-col gap-1.5" aria-label={title}>
      {rows.map((row, at) => (
        <div key={row.id} className="flex gap-1.5">
          <input
            className={`${control} ${controlHeight} ${border(invalid || isDangerousName(row.name))} basis-2/5`}
            value={row.name}
            placeholder={texts.name}
            aria-label={texts.nameOf(at + 1)}
            readOnly={readOnly}
            onBlur={onBlur}
            onChange={(event) => change(row, { name: event.target.value })}
            onPaste={(event) => {
              if (!readOnly && paste(row, event.clipboardData.getData('text/plain'))) event.preventDefault();
            }}
          />
          <input
            className={`${control} ${controlHeight} ${border(invalid)} basis-3/5`}
            value={row.text}
            placeholder={texts.value}
            aria-label={texts.valueOf(row.name === '' ? String(at + 1) : row.name)}
            readOnly={readOnly}
            onBlur={onBlur}
            onChange={(event) => change(row, { text: event.target.value })}
          />
          <button
            type="button"
            className={iconButton}
            disabled={readOnly}
            aria-label={texts.remove(row.name === '' ? texts.item(title, at + 1) : row.name)}
            onClick={() => update(rows.filter((other) => other.id !== row.id))}
          >
            <Trash2 size={14} aria-hidden />
          </button>
        </div>
      ))}
      {twice !== undefined && <p className="text-xs text-warn-text">{texts.twice(twice)}</p>}
      {elsewhere !== undefined && <p className="text-xs text-warn-text">{texts.ownField(elsewhere)}</p>}
      {refused !== undefined && <p className="text-xs text-danger-text">{texts.refusedName(refused)}</p>}
      <button type="button" className={`${quietButton} self-start`} disabled={readOnly} onClick={() => setDraft([...rows, fresh()])}>
        <Plus size={14} aria-hidden /> {addTitle}
      </button>
    </fieldset>
  );
}
