import type { Operation, OperationSample } from '@weft/connector-sdk';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Segmented } from '../ui/index.ts';
import { FailureTable } from './failure-table.tsx';
import { FieldTable } from './field-table.tsx';
import { LimitList } from './limit-list.tsx';
import { Part } from './part.tsx';
import { Payload } from './payload.tsx';
import { Repeats } from './repeats.tsx';
import { TryIt } from './try-it.tsx';
import './words.ts';

/** What goes into an operation and what comes out, with samples; how it fails, and what limits it. */
export function OperationDetails({ connector, version, operation }: { connector: string; version: string; operation: Operation }) {
  const { t } = useTranslation('apps');
  const { kind, config, input, output, failures, samples } = operation;
  return (
    <div className="flex flex-col gap-6">
      {config !== undefined && (
        <Part title={t('part.config')}>
          <FieldTable label={t('part.config')} schema={config} empty={t('noFields.input')} />
        </Part>
      )}
      {kind !== 'trigger' && (
        <Part title={t('part.input')}>
          <FieldTable label={t('part.input')} schema={input} empty={t('noFields.input')} />
        </Part>
      )}
      <Part title={t(kind === 'source' ? 'part.record' : 'part.output')}>
        <FieldTable label={t('part.output')} schema={output} given empty={t('noFields.output')} />
      </Part>
      {samples.length > 0 && (
        <Part title={t('part.samples')}>
          <Samples samples={samples} />
        </Part>
      )}
      <Part title={t('part.try')}>
        <TryIt connector={connector} version={version} operation={operation} />
      </Part>
      <Part title={t('part.failures')}>
        <FailureTable failures={failures} />
      </Part>
      {kind === 'action' && (
        <Part title={t('part.repeats')}>
          <Repeats operation={operation} />
        </Part>
      )}
      <Part title={t('part.limits')}>
        <LimitList operation={operation} />
      </Part>
    </div>
  );
}

function Samples({ samples }: { samples: readonly OperationSample[] }) {
  const { t } = useTranslation('apps');
  const [at, setAt] = useState('0');
  const sample = samples[Number(at)] ?? samples[0];
  if (sample === undefined) return null;
  return (
    <>
      {samples.length > 1 && (
        <Segmented
          size="sm"
          label={t('part.samples')}
          value={at}
          onChange={setAt}
          options={samples.map(({ title }, index) => ({ value: String(index), label: title }))}
        />
      )}
      <div className="grid gap-3 xl:grid-cols-2">
        <Payload title={t('part.config')} value={sample.config} />
        <Payload title={t('part.input')} value={sample.input} />
        <Payload title={t('part.output')} value={sample.output} />
      </div>
    </>
  );
}
