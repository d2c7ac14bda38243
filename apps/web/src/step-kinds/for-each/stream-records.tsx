import { useMutation, useQuery } from '@tanstack/react-query';
import type { Operation } from '@weft/connector-sdk';
import { sampleScope, type FlowDocument, type ForEachStep, type StreamSource } from '@weft/flow';
import { isObject, type Json } from '@weft/json-schema';
import { RefreshCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, messageOf, useWorkspaceId } from '../../api/index.ts';
import { DataView } from '../../data-view/index.ts';
import { updateStep } from '../../editor/commands/index.ts';
import { dispatch, useEditor } from '../../editor/state/index.ts';
import { sentenceOf } from '../../locales/sentence-of.ts';
import { Button, Segmented } from '../../ui/index.ts';
import '../../inspector/words.ts';

interface StreamRecordsProps {
  stepId: string;
  step: ForEachStep;
  source: StreamSource;
  operation: Operation;
  /** What one record is called: `row`. */
  what: string;
}

/** So many are shown and kept with the flow. */
const maxRecords = 3;
/** Records that are longer as JSON are left out: samples travel with the flow. */
const maxRecordLength = 20_000;
const typingMs = 500;

/**
 * The first records of the source, really read: what is mapped from inside the loop. Files are read by themselves when they are
 * chosen; what calls somebody else is read at a press.
 */
export function StreamRecords({ stepId, step, source, operation, what }: StreamRecordsProps) {
  const { t } = useTranslation('step-kinds');
  const readOnly = useEditor((state) => state.readOnly);
  const flowId = useEditor((state) => state.facts?.id);
  const workspace = useWorkspaceId();
  const [shown, setShown] = useState('0');
  const asked = useSettled(JSON.stringify([source.use, source.config ?? {}, source.connection ?? null, source.input ?? null]));
  const byItself = isLocal(operation) && isComplete(operation, source);
  const [opened] = useState(asked);
  const reading = useQuery({
    queryKey: ['w', workspace, 'records', asked],
    enabled: !readOnly && flowId !== undefined && byItself && (asked !== opened || source.samples === undefined),
    staleTime: 30_000,
    retry: false,
    queryFn: () => readRecords(workspace, flowId ?? '', stepId),
  });
  const found = reading.data && JSON.stringify(reading.data);
  useEffect(() => {
    // Written as JSON above, so that the same records are kept once.
    if (found !== undefined) keep(stepId, JSON.parse(found) as Json[], t('inspector:undo.sample'));
  }, [found, stepId, t]);

  const again = useMutation({
    meta: { ownError: true },
    mutationFn: (flow: string) => readRecords(workspace, flow, stepId),
    onSuccess: (records) => keep(stepId, records, t('inspector:undo.sample')),
  });
  const error = again.error ?? (again.data ? null : reading.error);
  const isEmpty = (again.data ?? reading.data)?.length === 0;

  const samples = source.samples ?? [];
  const at = Math.min(Number(shown), samples.length - 1);
  const record = samples[at]?.output;
  return (
    <section aria-label={t('forEach.stream.records')} className="flex flex-col gap-2 rounded-md border border-line p-3">
      <div className="flex min-h-7 items-center gap-2">
        <h2 className="flex-1 text-sm font-medium">{t('forEach.stream.records')}</h2>
        {samples.length > 1 && (
          <Segmented
            size="sm"
            label={t('forEach.stream.which')}
            value={String(at)}
            onChange={setShown}
            options={samples.map((_, index) => ({ value: String(index), label: String(index + 1) }))}
          />
        )}
        {!readOnly && (
          <Button
            size="sm"
            icon={<RefreshCw />}
            loading={reading.isFetching || again.isPending}
            disabled={!isComplete(operation, source)}
            onClick={() => flowId !== undefined && again.mutate(flowId)}
          >
            {samples.length > 0 ? t('forEach.stream.again') : t('forEach.stream.read')}
          </Button>
        )}
      </div>
      {error && (again.error || operation.dynamic?.['output'] === undefined) && <p className="text-xs text-danger-text">{messageOf(error)}</p>}
      {isEmpty && <p className="text-xs text-warn-text">{t('forEach.stream.noRecords')}</p>}
      {record === undefined ? (
        <p className="text-xs text-subtle">{isComplete(operation, source) ? t('forEach.stream.notRead', { what }) : t('forEach.stream.setUpFirst')}</p>
      ) : (
        <>
          <DataView value={record} title={t('forEach.stream.number', { number: at + 1 })} className="h-52 rounded-md border border-line" />
          <p className="text-xs text-subtle">{t('forEach.stream.mapFrom', { count: isObject(record) ? Object.keys(record).length : 1, as: step.as })}</p>
        </>
      )}
    </section>
  );
}

/** Reads the first records as a test of the loop alone: nothing inside of it runs. */
async function readRecords(workspace: string, flow: string, stepId: string): Promise<Json[]> {
  const { document, catalogue } = useEditor.getState();
  const test = await call('POST /w/:workspace/flows/:flow/test-step', {
    params: { workspace, flow },
    body: { document: withoutInner(document, stepId), stepId, scope: sampleScope(document, stepId, catalogue) },
  });
  if (test.error) throw new Error(sentenceOf(test.error));
  const items = isObject(test.output ?? null) && isObject(test.output) ? test.output['items'] : undefined;
  return Array.isArray(items) ? items.slice(0, maxRecords) : [];
}

/** The loop gives what it can read, and nothing else. */
function withoutInner(document: FlowDocument, stepId: string): FlowDocument {
  const loop = document.steps[stepId];
  if (loop?.kind !== 'forEach') return document;
  const steps = Object.fromEntries(Object.entries(document.steps).filter(([, step]) => step.in !== stepId));
  return {
    ...document,
    steps: { ...steps, [stepId]: { ...loop, onItemError: 'skip', collect: { path: [loop.as] } } },
    edges: document.edges.filter(({ from, to }) => Object.hasOwn(steps, from[0]) && Object.hasOwn(steps, to)),
  };
}

function keep(stepId: string, records: Json[], label: string): void {
  const samples = records.filter((record) => JSON.stringify(record).length <= maxRecordLength).map((output, index) => ({ title: String(index + 1), output }));
  const step = useEditor.getState().document.steps[stepId];
  if (step?.kind !== 'forEach' || !step.source || JSON.stringify(step.source.samples ?? []) === JSON.stringify(samples)) return;
  const { samples: _before, ...source } = step.source;
  dispatch(updateStep(stepId, (one) => (one.kind === 'forEach' ? { ...one, source: { ...source, ...(samples.length > 0 && { samples }) } } : one), { label }));
}

/** Reading it calls nobody outside. */
const isLocal = ({ connection = 'none', input }: Operation): boolean => connection === 'none' && Object.keys(input.properties ?? {}).length === 0;

/** Everything that must be filled in is. */
function isComplete({ config, connection }: Operation, source: StreamSource): boolean {
  if (connection === 'required' && source.connection === undefined) return false;
  return (config?.required ?? []).every((name) =>
    config?.properties?.[name]?.default !== undefined || ![undefined, ''].includes(source.config?.[name] as string | undefined));
}

/** The text once nobody has typed for a moment. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), typingMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
