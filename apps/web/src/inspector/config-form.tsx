import type { Operation } from '@weft/connector-sdk';
import type { JsonObject } from '@weft/json-schema';
import { SchemaForm } from '@weft/schema-form';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/state/index.ts';
import { fieldErrors } from './logic/field-errors.ts';
import { useFormTexts } from './form-texts.ts';
import { useDynamicSchemas, useLiveOptions } from './use-dynamic.ts';
import { useEditStep, useStepProblems } from './use-step.ts';
import { formWidgets } from './widgets/form-widgets.ts';

interface ConfigFormProps {
  stepId: string;
  step: { use: { connector: string; version: string; operation: string }; config?: JsonObject; connection?: string };
  operation: Operation;
}

/** The operation's literal settings, generated from its schema. */
export function ConfigForm({ stepId, step, operation }: ConfigFormProps) {
  const { t } = useTranslation('inspector');
  const edit = useEditStep(stepId);
  const readOnly = useEditor((state) => state.readOnly);
  const problems = useStepProblems(stepId);
  // What the schema says, the form finds by itself while typing.
  const errors = useMemo(() => fieldErrors(problems.filter(({ code }) => code !== 'config.required' && code !== 'config.invalid'), 'config'), [problems]);
  const options = useLiveOptions(step, operation, 'config');
  const texts = useFormTexts();
  const reading = useDynamicSchemas(stepId, step, operation);
  if (!operation.config || Object.keys(operation.config.properties ?? {}).length === 0) return null;
  return (
    <div className="flex flex-col gap-3">
      <SchemaForm
        schema={operation.config}
        value={step.config ?? {}}
        onChange={(config) => edit({ config }, t('undo.setup'), 'config')}
        errors={errors}
        options={options}
        widgets={formWidgets}
        texts={texts}
        readOnly={readOnly}
        idPrefix={`config-${stepId}`}
      />
      {reading.map(({ key, message }) => (
        <p key={key} className="text-xs text-warn-text">
          {t('fieldsNotRead', { message })}
        </p>
      ))}
    </div>
  );
}
