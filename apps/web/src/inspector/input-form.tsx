import type { Operation } from '@weft/connector-sdk';
import { declaredTargetOf, inputOf, type MappedStep } from '@weft/flow';
import type { JsonSchema } from '@weft/json-schema';
import { emptyMapping } from '@weft/mapping';
import { SchemaForm, type FieldAddon, type FormField } from '@weft/schema-form';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/state/index.ts';
import { ExpressionScopeContext } from '../mapper/expression/expression-scope.ts';
import { useEditMapping } from '../mapper/use-mapping.ts';
import { useModel } from '../mapper/use-model.ts';
import { ChipControl } from './chip-control.tsx';
import { useFormTexts } from './form-texts.ts';
import { fieldErrors } from './logic/field-errors.ts';
import { chipAt, chipsBelow, formOf, rulesOf } from './logic/form-rules.ts';
import { DescribedPart } from './described-part.tsx';
import { hasFields, openParts, withDescribed } from './logic/open-parts.ts';
import { MapFieldButton } from './map-field-button.tsx';
import { MapEntryButton, MappedEntries } from './mapped-entries.tsx';
import { OpenPartEditor } from './open-part-editor.tsx';
import { useLiveOptions } from './use-dynamic.ts';
import { usedOperation, useOperation, useStepProblems } from './use-step.ts';
import { formWidgets } from './widgets/form-widgets.ts';
import './words.ts';

interface InputFormProps {
  stepId: string;
  step: MappedStep;
}

/**
 * The data a step needs, as one generated form. A field holds a fixed value, or a chip where it is mapped; the mapper edits
 * the same rules.
 */
export function InputForm({ stepId, step }: InputFormProps) {
  const declared = useEditor(({ catalogue }) => declaredTargetOf(step, catalogue));
  if (!declared || Object.keys(declared.properties ?? {}).length === 0) return null;
  return <Form stepId={stepId} step={step} declared={declared} />;
}

const noOperation: Operation = {
  id: '',
  kind: 'action',
  title: '',
  visibility: 'primary',
  input: {},
  output: {},
  outputSource: 'none',
  effect: 'read',
  failures: [],
  samples: [],
};

function Form({ stepId, step, declared }: InputFormProps & { declared: JsonSchema }) {
  const { t } = useTranslation('inspector');
  const readOnly = useEditor((state) => state.readOnly);
  const problems = useStepProblems(stepId);
  const { operation } = useOperation(step);
  const edit = useEditMapping(stepId);
  const texts = useFormTexts();
  const model = useModel(stepId);
  const document = inputOf(step) ?? emptyMapping();
  const input = inputOf(step);
  const { value, chips } = useMemo(() => formOf(input), [input]);
  const errors = useMemo(
    // At its field, which bears its title, the name it has in the data would only puzzle.
    () => fieldErrors(
      problems.map((problem) => (problem.code === 'mapping.required' ? { ...problem, message: t('fillOrMap'), sentence: undefined } : problem)),
      'input',
    ),
    [problems, t],
  );
  const parts = useMemo(() => openParts(declared, step.schemas?.input), [declared, step.schemas?.input]);
  // What was read from the other side (the columns of a table) is filled here; what a person describes, in the mapper.
  const isRead = operation?.dynamic?.['input']?.kind === 'schema';
  const schema = useMemo(() => (isRead ? withDescribed(declared, parts) : declared), [isRead, declared, parts]);
  const scope = useMemo(() => ({ sources: model.sources, values: model.values, loops: [], tables: Object.keys(model.document.tables ?? {}) }), [model]);
  const dynamicStep = usedOperation(step) ?? { use: { connector: '', version: '', operation: '' } };
  const options = useLiveOptions(dynamicStep, operation ?? noOperation, 'input');

  const fieldAddon = useCallback(
    ({ path, schema, title }: FormField): FieldAddon | undefined => {
      const part = parts.find((one) => one.path.join('\0') === path.join('\0'));
      if (part) return isRead && hasFields(part.described) && !chipAt(chips, path)
        ? { below: <DescribedPart stepId={stepId} part={part} /> }
        : { instead: <OpenPartEditor stepId={stepId} part={part} /> };
      if (path.some((segment) => /^\d+$/.test(segment))) return undefined;
      const chip = chipAt(chips, path);
      if (chip && chip.to.length < path.length) return { instead: <p className="text-xs text-subtle">{t('filledAbove')}</p> };
      if (chip?.value) return { instead: <ChipControl stepId={stepId} rule={{ ...chip, value: chip.value }} title={title} schema={schema} /> };
      if (schema['x-widget'] === 'keyValue' || schema['x-values'] !== undefined) {
        return {
          beside: readOnly ? undefined : <MapEntryButton stepId={stepId} path={path} title={title} />,
          below: <MappedEntries stepId={stepId} path={path} chips={chipsBelow(chips, path)} title={title} />,
        };
      }
      if (chipsBelow(chips, path).length > 0) return undefined;
      return { beside: readOnly ? undefined : <MapFieldButton stepId={stepId} path={path} title={title} schema={schema} value={value} /> };
    },
    [parts, isRead, chips, stepId, t, readOnly, value],
  );

  return (
    <ExpressionScopeContext value={scope}>
      <SchemaForm
        schema={schema}
        value={value}
        onChange={(next) => edit(t('undo.input'), (before) => rulesOf(before, schema, next), 'form')}
        errors={errors}
        validation="none"
        fieldAddon={fieldAddon}
        options={options}
        widgets={formWidgets}
        texts={texts}
        readOnly={readOnly}
        idPrefix={`input-${stepId}`}
      />
      {document.rules.length === 0 && model.sources.length === 0 && <p className="text-xs text-subtle">{t('noSourcesYet')}</p>}
    </ExpressionScopeContext>
  );
}
