import { actsOutside, isMapped, kindOf, sampleScope, type Step } from '@weft/flow';
import { inferSchema } from '@weft/json-schema';
import type { ResponseOf } from '@weft/api';
import { FlaskConical, Pin, PinOff, Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, messageOf, useWorkspaceId } from '../api/index.ts';
import { DataView } from '../data-view/index.ts';
import { mayTryStep, useEditor } from '../editor/state/index.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import { runTo } from '../run-panel/start-run.ts';
import { Badge, Button, formatDuration, Notice, Segmented } from '../ui/index.ts';
import { keepTestOutput } from './logic/samples.ts';
import { SamplesSection } from './samples-section.tsx';
import { useEditStep, useOperation } from './use-step.ts';
import './words.ts';

type StepTest = ResponseOf<'POST /w/:workspace/flows/:flow/test-step'>;
type Outcome = { status: 'idle' } | { status: 'running' } | { status: 'done'; test: StepTest } | { status: 'refused'; message: string };

/** Tries one step on sample data: what goes in, what comes out. What came out becomes the step's sample. */
export function TestTab({ stepId, step }: { stepId: string; step: Step }) {
  const { operation } = useOperation(step);
  if (step.kind === 'trigger') return <SamplesSection stepId={stepId} step={step} canListen={operation?.trigger?.strategy === 'webhook'} />;
  return <StepTrial stepId={stepId} step={step} />;
}

function StepTrial({ stepId, step }: { stepId: string; step: Step }) {
  const { t } = useTranslation('inspector');
  const workspace = useWorkspaceId();
  const edit = useEditStep(stepId);
  const { operation } = useOperation(step);
  const flowId = useEditor((state) => state.facts?.id);
  const [outcome, setOutcome] = useState<Outcome>({ status: 'idle' });
  const [side, setSide] = useState<'input' | 'output'>('output');
  const test = outcome.status === 'done' ? outcome.test : undefined;
  const canTest = kindOf(step).runsAlone;
  const writes = useEditor(({ catalogue }) => actsOutside(step, catalogue));

  const run = async (): Promise<void> => {
    const { document, catalogue } = useEditor.getState();
    if (flowId === undefined || (writes && !(await mayTryStep(stepId)))) return;
    setOutcome({ status: 'running' });
    try {
      const result = await call('POST /w/:workspace/flows/:flow/test-step', {
        params: { workspace, flow: flowId },
        body: { document, stepId, scope: sampleScope(document, stepId, catalogue) },
      });
      setOutcome({ status: 'done', test: result });
      setSide(result.status === 'failed' ? 'input' : 'output');
      const { output } = result;
      if (result.status === 'succeeded' && output !== undefined && isMapped(step)) {
        edit(
          (one) => keepTestOutput(one, { title: t('test.sample'), output }, operation !== undefined && operation.outputSource !== 'declared'),
          t('undo.sample'),
        );
      }
    } catch (error) {
      setOutcome({ status: 'refused', message: messageOf(error) });
    }
  };

  const sampleAt = step.pinned ?? 0;
  const sample = step.samples?.[sampleAt];
  const pinned = step.pinned !== undefined;
  const input = test?.input;
  const output = test ? test.output : sample?.output;
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {canTest && (
          <Button variant="primary" icon={<FlaskConical />} loading={outcome.status === 'running'} onClick={() => void run()}>
            {t('test.run')}
          </Button>
        )}
        <Button icon={<Play />} onClick={() => void runTo(stepId)}>
          {t('test.runTo')}
        </Button>
        {sample && (
          <Button icon={pinned ? <PinOff /> : <Pin />} aria-pressed={pinned} onClick={() => edit({ pinned: pinned ? undefined : sampleAt }, t('undo.pin'))}>
            {pinned ? t('test.unpin') : t('test.pin')}
          </Button>
        )}
      </div>
      {canTest && writes && outcome.status === 'idle' && <p className="text-xs text-subtle">{t('test.effect')}</p>}
      {pinned && <Notice>{t('test.pinned')}</Notice>}
      {outcome.status === 'refused' && <Notice tone="danger">{outcome.message}</Notice>}
      {test?.error && <Notice tone="danger">{sentenceOf(test.error)}</Notice>}
      {(test ?? sample) && (
        <div className="flex min-h-72 flex-1 flex-col gap-2">
          <div className="flex items-center gap-2">
            <Segmented
              size="sm"
              label={t('test.side')}
              value={side}
              onChange={setSide}
              options={[
                { value: 'input', label: t('test.input') },
                { value: 'output', label: t('test.output') },
              ]}
            />
            {test ? (
              <>
                <Badge tone={test.status === 'succeeded' ? 'ok' : 'danger'}>{t(`test.${test.status}`)}</Badge>
                <span className="text-xs text-subtle">{formatDuration(test.durationMs)}</span>
              </>
            ) : (
              <span className="text-xs text-subtle">{t('test.fromSample')}</span>
            )}
          </div>
          <DataView
            value={side === 'input' ? input : output}
            schema={side === 'output' && output !== undefined ? inferSchema([output]) : undefined}
            title={side === 'input' ? t('test.input') : t('test.output')}
            className="min-h-64 flex-1 rounded-md border border-line"
          />
        </div>
      )}
      {!test && !sample && canTest && <p className="text-sm text-muted">{t('test.text')}</p>}
    </>
  );
}
