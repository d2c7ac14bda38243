import type { Operation } from '@weft/connector-sdk';
import type { ForEachStep, StreamSource } from '@weft/flow';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../../editor/state/index.ts';
import { ConfigForm, DynamicSchemas } from '../../inspector/config-form.tsx';
import { ConnectionPicker } from '../../inspector/connection-picker.tsx';
import { InputForm } from '../../inspector/input-form.tsx';
import { useEditStep, useOperation } from '../../inspector/use-step.ts';
import { Select } from '../../ui/index.ts';
import { lowerFirst, newSource, sourceItems } from '../sources.ts';
import { StreamRecords } from './stream-records.tsx';
import '../../inspector/words.ts';

/** What a loop over a stream reads: an operation of a connector, set up like a step's. */
export function StreamSetup({ stepId, step, source }: { stepId: string; step: ForEachStep; source: StreamSource }) {
  const { t } = useTranslation('step-kinds');
  const edit = useEditStep(stepId);
  const connectors = useEditor((state) => state.connectors);
  const { operation, connector } = useOperation(step);
  const offered = sourceItems(connectors);
  const chosen = keyOf(source.use);
  const usualTitle = (of: Operation): string => t('forEach.through.title', { what: lowerFirst(of.title) });
  /** A title that nobody wrote says what is read. */
  const titleFor = (next: Operation): string => (operation && step.title === usualTitle(operation) ? usualTitle(next) : step.title);
  return (
    <>
      <Select
        label={t('forEach.stream.source')}
        required
        value={chosen}
        hint={operation?.description}
        error={operation ? null : t('inspector:missingConnector', { id: source.use.connector })}
        onChange={(key) => {
          const next = offered.find(({ use }) => keyOf(use) === key);
          if (next && key !== chosen) edit({ source: newSource(next), title: titleFor(next.operation) }, t('inspector:undo.setup'));
        }}
        options={[
          ...(operation ? [] : [{ value: chosen, label: `${source.use.connector} › ${source.use.operation}` }]),
          ...offered.map((item) => ({ value: keyOf(item.use), label: item.operation.title, description: item.connector.title })),
        ]}
      />
      {operation && connector && (
        <>
          <ConnectionPicker stepId={stepId} step={source} operation={operation} connector={connector} />
          <ConfigForm key={chosen} stepId={stepId} step={source} operation={operation} />
          <DynamicSchemas stepId={stepId} step={source} operation={operation} />
          <InputForm stepId={stepId} step={step} />
          <ConfigForm key={`${chosen} more`} stepId={stepId} step={source} operation={operation} part="more" />
          <StreamRecords
            key={`${chosen} records`}
            stepId={stepId}
            step={step}
            source={source}
            operation={operation}
            what={lowerFirst(operation.output.title ?? t('forEach.stream.record'))}
          />
        </>
      )}
    </>
  );
}

const keyOf = ({ connector, version, operation }: StreamSource['use']): string => `${connector}@${version}/${operation}`;
