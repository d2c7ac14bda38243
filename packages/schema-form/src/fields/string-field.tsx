import type { FieldProps } from '@rjsf/utils';
import { isObject } from '@weft/json-schema';
import { border, control } from '../styles.ts';
import { ChoiceControl, choicesOf } from './choice-control.tsx';
import { LiveChoiceControl } from './live-choice-control.tsx';
import { SecretControl } from './secret-control.tsx';
import { TextControl } from './text-control.tsx';
import { useLeaf, shown } from './use-leaf.ts';

/** Text in all its shapes: a line, lines, code, a secret, a choice, a live choice, or a control of the host. */
export function StringField(props: FieldProps) {
  const leaf = useLeaf(props);
  const widget = leaf.schema['x-widget'];
  const Custom = widget === undefined ? undefined : leaf.slots.widgets[widget];
  const options = leaf.slots.options?.(leaf.path, leaf.schema);
  if (Custom) {
    return (
      <Custom
        id={leaf.id}
        path={leaf.path}
        title={leaf.title}
        schema={leaf.schema}
        value={leaf.value}
        onChange={leaf.change}
        onBlur={leaf.blur}
        readOnly={leaf.readOnly}
        invalid={leaf.invalid}
        describedBy={leaf.describedBy}
      />
    );
  }
  if (options) return <LiveChoiceControl leaf={leaf} options={options} />;
  const choices = choicesOf(leaf.schema);
  if (choices) return <ChoiceControl leaf={leaf} choices={choices} />;
  if (leaf.schema['x-secret']) return <SecretControl leaf={leaf} />;
  if (widget === 'textarea' || widget === 'code') {
    return (
      <textarea
        id={leaf.id}
        className={`${control} ${border(leaf.invalid)} min-h-20 py-1.5 ${widget === 'code' ? 'font-mono text-xs' : ''}`}
        rows={widget === 'code' ? 6 : 3}
        spellCheck={widget !== 'code'}
        value={textOf(leaf.value)}
        placeholder={placeholderOf(leaf.schema)}
        readOnly={leaf.readOnly}
        aria-invalid={leaf.invalid || undefined}
        aria-describedby={leaf.describedBy}
        aria-label={leaf.title}
        onBlur={leaf.blur}
        onChange={(event) => leaf.change(event.target.value === '' ? undefined : event.target.value)}
      />
    );
  }
  return <TextControl leaf={leaf} placeholder={placeholderOf(leaf.schema)} />;
}

const textOf = (value: unknown): string =>
  value === undefined || value === null ? '' : isObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value);

/** What it will be where it is left alone, or else an example. */
const placeholderOf = (schema: { const?: unknown; default?: unknown; examples?: unknown[] }): string | undefined =>
  shown((schema.default ?? schema.const ?? schema.examples?.[0]) as never) || undefined;
