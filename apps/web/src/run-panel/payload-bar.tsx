import { triggerOf, type Step } from '@weft/flow';
import { CircleStop, Eye, EyeOff, Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCancelRun } from '../api/index.ts';
import { useEditor } from '../editor/state/index.ts';
import { Button, formatShortTime, IconButton, Select, type SelectOption } from '../ui/index.ts';
import { choosePayload, showAside, usePanel } from './panel-state.ts';
import { usualSample, type PayloadChoice } from './payload.ts';
import { StartLive } from './start-live.tsx';
import { runAll } from './start-run.ts';
import './words.ts';

/** What the next run starts with, and the button that starts it. */
export function PayloadBar({ runningId }: { runningId: string | undefined }) {
  const { t } = useTranslation('run-panel');
  const trigger = useEditor(({ document }) => triggerOf(document)?.step);
  const readOnly = useEditor((state) => state.readOnly);
  const payload = usePanel((state) => state.payload);
  const aside = usePanel((state) => state.aside);
  const options = useOptions(trigger, payload);
  const isShown = aside === 'payload';
  return (
    <div className="flex shrink-0 items-center gap-1 border-b border-line p-2">
      <Select size="sm" className="flex-1" label={t('payload.label')} labelHidden value={valueOf(payload, trigger)} onChange={choose} options={options} />
      <IconButton
        label={isShown ? t('payload.hide') : t('payload.show')}
        icon={isShown ? <EyeOff /> : <Eye />}
        active={isShown}
        onClick={() => showAside(isShown ? 'details' : 'payload')}
      />
      <RunButton runningId={runningId} disabled={readOnly} />
      {runningId === undefined && <StartLive />}
    </div>
  );
}

/** One button for both, so that it keeps the focus. */
function RunButton({ runningId, disabled }: { runningId: string | undefined; disabled: boolean }) {
  const { t } = useTranslation('run-panel');
  const cancel = useCancelRun();
  const [starting, setStarting] = useState(false);
  const run = async () => {
    setStarting(true);
    await runAll();
    setStarting(false);
    // The panel shows another run now; whoever works by keyboard goes on at its steps.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) document.querySelector<HTMLElement>('[data-run-tree] [role=tree]')?.focus();
    });
  };
  if (runningId !== undefined) {
    return (
      <Button size="sm" icon={<CircleStop />} loading={cancel.isPending} onClick={() => cancel.mutate(runningId)}>
        {t('cancel')}
      </Button>
    );
  }
  return (
    <Button size="sm" icon={<Play />} loading={starting} disabled={disabled} title={t('runHint')} onClick={() => void run()}>
      {t('run')}
    </Button>
  );
}

const usual = 'usual';

function valueOf(payload: PayloadChoice | undefined, trigger: Step | undefined): string {
  if (payload === undefined) {
    const index = usualSample(trigger);
    return index === undefined ? usual : `sample ${index}`;
  }
  if (payload.kind === 'sample') return trigger?.samples?.[payload.index] ? `sample ${payload.index}` : valueOf(undefined, trigger);
  return payload.kind;
}

function choose(value: string): void {
  if (value === 'earlier') {
    showAside('earlier');
    return;
  }
  if (value === 'pasted') {
    choosePayload({ kind: 'pasted' });
    showAside('payload');
    return;
  }
  if (value.startsWith('sample ')) choosePayload({ kind: 'sample', index: Number(value.slice('sample '.length)) });
  else if (value === usual) choosePayload(undefined);
}

function useOptions(trigger: Step | undefined, payload: PayloadChoice | undefined): SelectOption[] {
  const { t, i18n } = useTranslation('run-panel');
  const samples = trigger?.samples ?? [];
  return [
    ...samples.map(
      ({ title }, index): SelectOption => ({
        value: `sample ${index}`,
        label: title || t('payload.sample', { number: index + 1 }),
        ...(trigger?.pinned === index && { description: t('payload.pinned') }),
      }),
    ),
    ...(samples.length === 0 ? [{ value: usual, label: t('payload.made'), description: t('payload.madeHint') }] : []),
    { value: 'pasted', label: t('payload.pasted'), description: t('payload.pastedHint') },
    ...(payload?.kind === 'run' ? [{ value: 'run', label: t('payload.earlierRun', { time: formatShortTime(payload.startedAt, i18n.language) }) }] : []),
    { value: 'earlier', label: t('payload.earlier') },
  ];
}
