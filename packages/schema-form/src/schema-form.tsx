import Form from '@rjsf/core';
import { valueAt, type JsonObject, type JsonSchema } from '@weft/json-schema';
import { useCallback, useMemo, useState } from 'react';
import { cleanValue } from './clean-value.ts';
import { errorsByField, touchedKey, type FieldError } from './errors.ts';
import { prepareSchema } from './prepare-schema.ts';
import { FormSlotsContext, type FieldAddon, type FieldWidget, type FormField, type FormSlots, type LiveOptions } from './slots.ts';
import { englishTexts, type FormTexts } from './texts.ts';
import { theme } from './theme.ts';
import { rjsfValidator, schemaValidator } from './validator.ts';

export interface SchemaFormProps {
  /** An object schema. */
  schema: JsonSchema;
  value: JsonObject | undefined;
  /** The whole value, without holes. Defaults are shown but never written: the host applies them on a copy. */
  onChange(value: JsonObject): void;
  /** What the host knows beyond the schema, each shown at its field. */
  errors?: readonly FieldError[];
  /** `live` (default) checks the value against the schema while typing; `none` shows only `errors`. */
  validation?: 'live' | 'none';
  /** Missing required values count although the person has not been there yet: after a refused submit. */
  showAllErrors?: boolean;
  /** rjsf's uiSchema, for order and the like. */
  uiHints?: Record<string, unknown>;
  /** Prefix of every id in the page. Default `form`. */
  idPrefix?: string;
  readOnly?: boolean;
  fieldAddon?(field: FormField): FieldAddon | undefined;
  /** Choices read live, where a field has them. */
  options?(path: string[], schema: JsonSchema): LiveOptions | undefined;
  /** Controls for `x-widget` names the form does not know: `cron`, `file` … */
  widgets?: Record<string, FieldWidget>;
  texts?: Partial<FormTexts>;
}

const noErrors: readonly FieldError[] = [];
const noWidgets: Record<string, FieldWidget> = {};
const formState = { emptyObjectFields: 'skipDefaults', constAsDefaults: 'never', requiredBooleanDefault: 'skip' } as const;

/**
 * A form generated from a JSON Schema: labels, help, required marks and errors at each field, in the product's own look.
 * @example <SchemaForm schema={operation.config} value={step.config} onChange={setConfig} idPrefix="config" />
 */
export function SchemaForm(props: SchemaFormProps) {
  const { schema, value, onChange, errors = noErrors, validation = 'live', showAllErrors = false, readOnly = false } = props;
  const { fieldAddon, options, widgets = noWidgets, idPrefix = 'form', uiHints } = props;
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const drawn = useMemo(() => prepareSchema(schema), [schema]);
  const issues = useMemo(
    () => (validation === 'live' ? schemaValidator.validate(schema, value ?? {}) : []),
    [schema, value, validation],
  );
  const texts = useMemo(() => ({ ...englishTexts, ...props.texts }), [props.texts]);
  const errorsAt = useMemo(
    () => errorsByField({ issues, errors, touched, all: showAllErrors, isBlank: (path) => isFreshEntry(value, path), say: texts.issue }),
    [issues, errors, touched, showAllErrors, texts, value],
  );
  const touch = useCallback((path: readonly string[]) => {
    setTouched((old) => (old.has(touchedKey(path)) ? old : new Set(old).add(touchedKey(path))));
  }, []);
  const slots: FormSlots = useMemo(
    () => ({ fieldAddon, errorsAt, touch, options, widgets, readOnly, texts }),
    [fieldAddon, errorsAt, touch, options, widgets, readOnly, texts],
  );
  return (
    <FormSlotsContext value={slots}>
      <Form
        {...theme}
        tagName="div"
        schema={drawn as never}
        validator={rjsfValidator}
        formData={value ?? {}}
        idPrefix={idPrefix}
        uiSchema={uiHints ?? {}}
        noHtml5Validate
        showErrorList={false}
        experimental_defaultFormStateBehavior={formState}
        onChange={({ formData }) => onChange(cleanValue(formData))}
      >
        {/* No submit button: values are written while typing. */}
        <></>
      </Form>
    </FormSlotsContext>
  );
}

/** A list holds null where an entry was added and nothing typed yet. */
const isFreshEntry = (value: JsonObject | undefined, path: readonly string[]): boolean =>
  /^\d+$/.test(path.at(-1) ?? '') && valueAt(value ?? {}, path) === null;

/** Whether a value may be sent: for forms with a submit button. */
export function isValidForm(schema: JsonSchema, value: JsonObject | undefined): boolean {
  return schemaValidator.validate(schema, value ?? {}).length === 0;
}
