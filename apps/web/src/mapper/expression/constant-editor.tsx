import { dereference, typedJson, type Json, type JsonSchema } from '@weft/json-schema';
import { lazy, Suspense, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { controlClass, cx } from '../../ui/index.ts';
import { shapeOf } from '../tree/shape.ts';
import '../words.ts';
import { DatePatternInput } from './date-pattern-input.tsx';

/** With its list of zones it is loaded by who needs one. */
const TimezoneSelect = lazy(async () => ({ default: (await import('../../ui/timezone-select.tsx')).TimezoneSelect }));

interface ConstantEditorProps {
  label: string;
  value: Json;
  onChange: (value: Json) => void;
  /** Decides the control: a list of choices, a switch, a date … Default: text, read as what it looks like. */
  schema?: JsonSchema | undefined;
  className?: string;
}

/** A fixed value, in the control that fits its type. */
export function ConstantEditor({ label, value, onChange, schema = {}, className }: ConstantEditorProps) {
  const { t } = useTranslation('mapper');
  const here = dereference(schema, schema);
  const shape = shapeOf(schema, schema);
  if (here.enum) {
    return (
      <select
        aria-label={label}
        className={cx(controlClass, 'h-7 text-xs', className)}
        value={JSON.stringify(value)}
        // The values of the options are JSON.
        onChange={(event) => onChange(JSON.parse(event.target.value) as Json)}
      >
        {!here.enum.some((choice) => JSON.stringify(choice) === JSON.stringify(value)) && (
          <option value={JSON.stringify(value)}>{value === '' ? t('choose') : String(value)}</option>
        )}
        {here.enum.map((choice) => (
          <option key={JSON.stringify(choice)} value={JSON.stringify(choice)}>
            {String(choice)}
          </option>
        ))}
      </select>
    );
  }
  if (shape.kind === 'boolean') {
    return (
      <select
        aria-label={label}
        className={cx(controlClass, 'h-7 text-xs', className)}
        value={String(value)}
        onChange={(event) => onChange(event.target.value === 'true')}
      >
        {typeof value !== 'boolean' && <option value={String(value)}>{t('choose')}</option>}
        <option value="true">{t('yes')}</option>
        <option value="false">{t('no')}</option>
      </select>
    );
  }
  if (here.format === 'timezone' && typeof value === 'string') {
    return (
      <Suspense fallback={<input aria-label={label} readOnly className={cx(controlClass, 'h-7 text-xs', className)} value={value} />}>
        <TimezoneSelect label={label} labelHidden value={value} onChange={onChange} className={className} />
      </Suspense>
    );
  }
  if (here['x-widget'] === 'date-pattern' && typeof value === 'string') {
    return <DatePatternInput label={label} value={value} onChange={onChange} className={className} />;
  }
  if (here['x-widget'] === 'textarea' && typeof value === 'string') {
    return <textarea aria-label={label} rows={4} className={cx(
      controlClass,
      'py-1 text-xs',
      className,
    )} placeholder={t('typeValue')} value={value} onChange={(event) => onChange(event.target.value)} />;
  }
  return <TypedText label={label} value={value} onChange={onChange} kind={shape.kind} format={shape.format} className={className} />;
}

interface TypedTextProps extends Omit<ConstantEditorProps, 'schema'> {
  kind: string;
  format: string | undefined;
}

/** Keeps what was typed as typed while it is a number on its way (`1.`), and JSON while it is not JSON yet. */
function TypedText({ label, value, onChange, kind, format, className }: TypedTextProps) {
  const { t } = useTranslation('mapper');
  const id = useId();
  const [draft, setDraft] = useState<string>();
  const structured = kind === 'object' || kind === 'list' || (typeof value === 'object' && value !== null);
  const text = draft !== undefined && same(read(draft, kind, structured), value) ? draft : write(value, structured);
  const broken = structured && draft !== undefined && read(draft, kind, true) === undefined;
  const typed = broken ? typedJson(draft) : undefined;
  const change = (next: string): void => {
    setDraft(next);
    const parsed = read(next, kind, structured);
    if (parsed !== undefined) onChange(parsed);
  };
  if (structured) {
    return (
      <span className={cx('flex min-w-0 flex-1 flex-col', className)}>
        <textarea
          aria-label={label}
          aria-invalid={broken || undefined}
          aria-describedby={broken ? `${id}-error` : undefined}
          rows={3}
          spellCheck={false}
          className={cx(controlClass, 'py-1 font-mono text-xs')}
          value={broken ? draft : text}
          onChange={(event) => change(event.target.value)}
        />
        {broken && (
          <span id={`${id}-error`} className="text-xs text-danger-text">
            {typed && 'refused' in typed ? typed.refused : t('notJson')}
          </span>
        )}
      </span>
    );
  }
  return (
    <input
      aria-label={label}
      type={format === 'date' ? 'date' : 'text'}
      inputMode={kind === 'number' || kind === 'integer' ? 'decimal' : undefined}
      className={cx(controlClass, 'h-7 text-xs', className)}
      placeholder={t('typeValue')}
      value={text}
      onChange={(event) => change(event.target.value)}
      onBlur={() => setDraft(undefined)}
    />
  );
}

/** What was typed, in the type that is wanted; text that does not fit stays text, and the checks say so. */
function read(text: string, kind: string, structured: boolean): Json | undefined {
  if (structured) {
    const typed = typedJson(text);
    return typed && 'value' in typed ? typed.value : undefined;
  }
  const number = (kind === 'number' || kind === 'integer') && /^-?\d+(\.\d*)?$/.test(text.trim());
  return number ? Number(text) : text;
}

const write = (value: Json, structured: boolean): string => (value === null && !structured ? '' : structured ? JSON.stringify(value, null, 2) : String(value));
const same = (a: Json | undefined, b: Json): boolean => JSON.stringify(a) === JSON.stringify(b);
