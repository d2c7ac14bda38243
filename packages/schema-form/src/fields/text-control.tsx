import { border, control, controlHeight } from '../styles.ts';
import { shown, type Leaf } from './use-leaf.ts';

const inputTypes: Record<string, string> = { email: 'email', uri: 'url', date: 'date', time: 'text' };

/** One line of text; examples are offered while typing. */
export function TextControl({ leaf, placeholder }: { leaf: Leaf; placeholder?: string | undefined }) {
  const examples = leaf.schema.examples ?? [];
  const listId = examples.length > 1 ? `${leaf.id}__examples` : undefined;
  return (
    <>
      <input
        id={leaf.id}
        type={inputTypes[leaf.schema.format ?? ''] ?? 'text'}
        className={`${control} ${controlHeight} ${border(leaf.invalid)}`}
        value={shown(leaf.value)}
        placeholder={placeholder}
        readOnly={leaf.readOnly}
        autoComplete="off"
        list={listId}
        aria-label={leaf.title}
        aria-invalid={leaf.invalid || undefined}
        aria-describedby={leaf.describedBy}
        aria-required={leaf.required || undefined}
        onBlur={leaf.blur}
        onChange={(event) => leaf.change(event.target.value === '' ? undefined : event.target.value)}
      />
      {listId && (
        <datalist id={listId}>
          {examples.map((example) => (
            <option key={shown(example)} value={shown(example)}>
              {shown(example)}
            </option>
          ))}
        </datalist>
      )}
    </>
  );
}
