import type { Operation } from '@weft/connector-sdk';
import type { JsonObject } from '@weft/json-schema';
import { SchemaForm, type FieldAddon, type FormField } from '@weft/schema-form';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/state/index.ts';
import { Button, Notice } from '../ui/index.ts';
import { fieldErrors } from './logic/field-errors.ts';
import { foundFor } from './logic/found-for.ts';
import { splitConfig } from './logic/split-config.ts';
import { useFormTexts } from './form-texts.ts';
import { useDynamicSchemas, useLiveOptions } from './use-dynamic.ts';
import { useEditUsed, useStepProblems } from './use-step.ts';
import { formWidgets } from './widgets/form-widgets.ts';
import './words.ts';

interface ConfigFormProps {
  stepId: string;
  step: { use: { connector: string; version: string; operation: string }; config?: JsonObject; connection?: string };
  operation: Operation;
  /** `more`: the settings that have a default and stand apart; nothing where there are few. Default `main`. */
  part?: 'main' | 'more';
}

/** The operation's literal settings, generated from its schema. */
export function ConfigForm({ stepId, step, operation, part = 'main' }: ConfigFormProps) {
  const { t } = useTranslation('inspector');
  const edit = useEditUsed(stepId);
  const readOnly = useEditor((state) => state.readOnly);
  const problems = useStepProblems(stepId);
  // What the schema says, the form finds by itself while typing.
  const errors = useMemo(() => fieldErrors(problems.filter(({ code }) => code !== 'config.required' && code !== 'config.invalid'), 'config'), [problems]);
  const options = useLiveOptions(step, operation, 'config');
  const texts = useFormTexts();
  const schema = useMemo(() => (operation.config ? splitConfig(operation.config)[part] : undefined), [operation.config, part]);
  const addon = useCallback(
    (field: FormField): FieldAddon | undefined => {
      const found = foundFor(field, step.config ?? {});
      return found === undefined ? undefined : { below: <p className="text-xs text-subtle">{t('found', { value: found })}</p> };
    },
    [step.config, t],
  );
  if (!schema || Object.keys(schema.properties ?? {}).length === 0) return null;
  const changed = Object.entries(schema.properties ?? {}).filter(([name, { default: standard }]) =>
    step.config?.[name] !== undefined && JSON.stringify(step.config[name]) !== JSON.stringify(standard)).length;
  const form = (
      <SchemaForm
        schema={schema}
        value={step.config ?? {}}
        onChange={(config) => edit({ use: step.use, config }, t('undo.setup'), 'config')}
        errors={errors}
        options={options}
        fieldAddon={addon}
        widgets={formWidgets}
        texts={texts}
        readOnly={readOnly}
        idPrefix={`${part}-${stepId}`}
      />
  );
  if (part === 'main') return form;
  return (
    <details className="rounded-md border border-line" open={errors.length > 0 || undefined}>
      <summary className="cursor-pointer px-3 py-2 text-sm font-medium select-none">
        {t('moreSettings')} {changed > 0 && <span className="text-xs font-normal text-subtle">{t('changed', { count: changed })}</span>}
      </summary>
      <div className="border-t border-line p-3">{form}</div>
    </details>
  );
}

/** Parts of the operation's schema that are read live; says what could not be read, and offers fields that the step does not know. */
export function DynamicSchemas({ stepId, step, operation }: ConfigFormProps) {
  const { t, i18n } = useTranslation('inspector');
  const { failures, news } = useDynamicSchemas(stepId, step, operation);
  return (
    <>
      {failures.map(({ message, retry }) => (
        <p key={message} className="text-xs text-warn-text">
          {t('fieldsNotRead', { message })}{' '}
          <button type="button" className="rounded-sm font-medium underline underline-offset-2" onClick={retry}>
            {t('form.retry')}
          </button>
        </p>
      ))}
      {news && (
        <Notice action={<Button size="sm" onClick={news.take}>{t('fieldsFound.take')}</Button>}>
          {t('fieldsFound.text', { fields: new Intl.ListFormat(i18n.language).format(news.names.slice(0, 12)), count: news.names.length })}
        </Notice>
      )}
    </>
  );
}
