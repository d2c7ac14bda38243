import { schemaAt, typesOf, type JsonSchema } from '@weft/json-schema';
import { outputSchemaOf, triggerOf, type FlowDocument } from '@weft/flow';
import { useId, useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { cx, Select, TextField } from '../ui/index.ts';
import { setSettings } from './commands/index.ts';
import { dispatch, useEditor } from './state/index.ts';
import './dialog-words.ts';

/** What runs are called, how many run at once, what keeps them in order, and how long the history stays. */
export function LimitsFields() {
  const { t } = useTranslation('editor');
  const settings = useEditor(({ document }) => document.settings);
  const { concurrency = {}, retention = {} } = settings ?? {};
  return (
    <>
      <FieldSelect
        label={t('settings.runTitle')}
        hint={t('settings.runTitleHint')}
        none={t('settings.noRunTitle')}
        value={settings?.runTitle}
        onChange={(runTitle) => dispatch(setSettings({ runTitle }))}
      />
      <Group title={t('settings.limits')}>
        <NumberField
          label={t('settings.limit')}
          hint={t('settings.limitHint')}
          most={1_000}
          otherwise={t('settings.unlimited')}
          value={concurrency.limit}
          onChange={(limit) => dispatch(setSettings({ concurrency: without({ ...concurrency, limit }) }))}
        />
        <FieldSelect
          label={t('settings.key')}
          hint={t('settings.keyHint')}
          none={t('settings.noOrder')}
          value={concurrency.key}
          onChange={(key) => dispatch(setSettings({ concurrency: without({ ...concurrency, key }) }))}
        />
      </Group>
      <Group title={t('settings.retention')} columns>
        <NumberField
          label={t('settings.days')}
          hint={t('settings.daysHint')}
          most={3_650}
          otherwise={t('settings.asInstalled')}
          value={retention.days}
          onChange={(days) => dispatch(setSettings({ retention: without({ ...retention, days }) }))}
        />
        <NumberField
          label={t('settings.runs')}
          hint={t('settings.runsHint')}
          most={10_000_000}
          otherwise={t('settings.asInstalled')}
          value={retention.runs}
          onChange={(runs) => dispatch(setSettings({ retention: without({ ...retention, runs }) }))}
        />
      </Group>
    </>
  );
}

function Group({ title, columns = false, children }: { title: string; columns?: boolean; children: ReactNode }) {
  const id = useId();
  return (
    <fieldset aria-labelledby={id} className="grid min-w-0 gap-3 border-t border-line pt-4">
      <h3 id={id} className="text-sm font-semibold">
        {title}
      </h3>
      <div className={cx('grid gap-3', columns && 'grid-cols-2')}>{children}</div>
    </fieldset>
  );
}

interface NumberFieldProps {
  label: string;
  hint: string;
  most: number;
  /** What holds while it is empty. */
  otherwise: string;
  value: number | undefined;
  /** Undefined when it is emptied. */
  onChange: (value: number | undefined) => void;
}

/** A whole number or nothing; what is no number is not taken over. */
function NumberField({ label, hint, most, otherwise, value, onChange }: NumberFieldProps) {
  const { t, i18n } = useTranslation('editor');
  const [text, setText] = useState(value === undefined ? '' : String(value));
  const isRight = text.trim() === '' || (/^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= most);
  return (
    <TextField
      label={label}
      hint={hint}
      inputMode="numeric"
      placeholder={otherwise}
      error={isRight ? undefined : t('settings.wrongNumber', { most: most.toLocaleString(i18n.language) })}
      value={text}
      onChange={(next) => {
        setText(next);
        const number = next.trim() === '' ? undefined : Number(next);
        if (number === undefined || (Number.isInteger(number) && number >= 1 && number <= most)) onChange(number);
      }}
    />
  );
}

const separator = ' › ';
const nothing = '';

interface FieldSelectProps {
  label: string;
  hint: string;
  /** What choosing no field is called. */
  none: string;
  /** A path that starts with the trigger's id. */
  value: string[] | undefined;
  onChange: (path: string[] | undefined) => void;
}

/** One of the texts and numbers that the trigger gives, or none. */
function FieldSelect({ label, hint, none, value, onChange }: FieldSelectProps) {
  const document = useEditor((state) => state.document);
  const catalogue = useEditor((state) => state.catalogue);
  const paths = useMemo(() => keyPaths(document, (stepId) => outputSchemaOf(document, stepId, catalogue)), [document, catalogue]);
  const known = value && !paths.some((path) => path.join('\0') === value.join('\0')) ? [value, ...paths] : paths;
  return (
    <Select
      label={label}
      hint={hint}
      value={value ? JSON.stringify(value) : nothing}
      onChange={(next) => onChange(next === nothing ? undefined : (JSON.parse(next) as string[]))}
      options={[{ value: nothing, label: none }, ...known.map((path) => ({ value: JSON.stringify(path), label: path.slice(1).join(separator) }))]}
    />
  );
}

const maxPaths = 200;
const maxDepth = 5;

/** Texts and numbers in what the trigger gives, shallow ones first. */
function keyPaths(document: FlowDocument, outputOf: (stepId: string) => JsonSchema): string[][] {
  const triggerId = triggerOf(document)?.stepId;
  if (triggerId === undefined) return [];
  const schema = outputOf(triggerId);
  const found: string[][] = [];
  let level: string[][] = [[]];
  for (let depth = 0; depth < maxDepth && found.length < maxPaths; depth += 1) {
    level = level.flatMap((path) => Object.keys(schemaAt(schema, path)?.properties ?? {}).map((field) => [...path, field]));
    found.push(...level.filter((path) => isScalar(schemaAt(schema, path))));
  }
  return found.slice(0, maxPaths).map((path) => [triggerId, ...path]);
}

const isScalar = (schema: JsonSchema | undefined): boolean => {
  const types = schema && typesOf(schema);
  return types !== undefined && types.every((type) => type === 'string' || type === 'number' || type === 'integer' || type === 'null');
};

/** Nothing stands for the default: an emptied field leaves no trace in the document. */
function without<T extends object>(fields: T): T | undefined {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  // Only keys without a value were taken out.
  return set.length === 0 ? undefined : (Object.fromEntries(set) as T);
}
