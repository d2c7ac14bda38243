import type { Sample, Step } from '@weft/flow';
import { ClipboardPaste, Eye, Pin, PinOff, Radio, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataView } from '../data-view/index.ts';
import { useEditor } from '../editor/state/index.ts';
import { FetchItems } from '../triggers/fetch-items.tsx';
import { Button, cx, Dialog, IconButton } from '../ui/index.ts';
import { ListenPanel } from './listen-panel.tsx';
import { addSample, removeSample } from './logic/samples.ts';
import { triggerOutput } from './logic/trigger-output.ts';
import { PasteExampleDialog } from './paste-example-dialog.tsx';
import { useEditStep, useOperation } from './use-step.ts';
import './words.ts';

interface SamplesSectionProps {
  stepId: string;
  step: Step;
  /** A webhook can wait for a real call. */
  canListen: boolean;
}

/** What the data looks like: examples, pasted or from a real call. They give the flow its fields and its previews. */
export function SamplesSection({ stepId, step, canListen }: SamplesSectionProps) {
  const { t } = useTranslation('inspector');
  const edit = useEditStep(stepId);
  const { operation } = useOperation(step);
  const catalogue = useEditor((state) => state.catalogue);
  const [pasting, setPasting] = useState(false);
  const [listening, setListening] = useState(false);
  const [shown, setShown] = useState<Sample>();
  const samples = step.samples ?? [];
  const learn = operation?.outputSource !== 'declared';
  const add = (sample: Sample): void => edit((one) => addSample(one, sample, learn), t('undo.sample'));
  const suggestions = samples.length === 0 ? (operation?.samples ?? []).filter(({ output }) => output !== undefined) : [];
  return (
    <section aria-label={t('samples.title')} className="flex flex-col gap-2 border-line not-first:border-t not-first:pt-4">
      <h2 className="text-sm font-semibold">{t('samples.title')}</h2>
      <p className="text-xs text-muted">{canListen ? t('samples.webhookText') : t('samples.text')}</p>
      {samples.length > 0 && (
        <ul className="flex flex-col rounded-md border border-line">
          {samples.map((sample, index) => {
            const pinned = step.pinned === index;
            const name = sample.title || t('samples.number', { number: index + 1 });
            return (
              // Samples have no identity but their place.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={index} className={cx('flex items-center gap-1 border-b border-line py-0.5 pr-1 pl-2.5 last:border-b-0', pinned && 'bg-accent-soft')}>
                <input
                  aria-label={t('samples.name', { number: index + 1 })}
                  value={sample.title}
                  onChange={(event) => edit({ samples: samples.map((one, at) => (at === index ? { ...one, title: event.target.value } : one)) }, t('undo.sample'), `sample:${index}`)}
                  className="min-w-0 flex-1 rounded-sm border border-transparent bg-transparent px-1 text-sm hover:border-line focus:border-accent"
                />
                <IconButton label={t('samples.show', { name })} icon={<Eye />} onClick={() => setShown(sample)} />
                <IconButton
                  label={pinned ? t('samples.unpin', { name }) : t('samples.pin', { name })}
                  active={pinned}
                  icon={pinned ? <PinOff /> : <Pin />}
                  onClick={() => edit({ pinned: pinned ? undefined : index }, t('undo.pin'))}
                />
                <IconButton label={t('samples.remove', { name })} icon={<Trash2 />} onClick={() => edit((one) => removeSample(one, index, learn), t('undo.sample'))} />
              </li>
            );
          })}
        </ul>
      )}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" icon={<ClipboardPaste />} onClick={() => setPasting(true)}>
          {t('samples.paste')}
        </Button>
        {canListen && (
          <Button size="sm" icon={<Radio />} onClick={() => setListening(true)} disabled={listening}>
            {t('samples.listen')}
          </Button>
        )}
        {operation?.trigger?.strategy === 'polling' && (
          <FetchItems onFound={(outputs) => edit((one) => outputs.reduce((next, output, at) => addSample(next, { title: t('samples.found', { number: at + 1 }), output }, learn), one), t('undo.sample'))} />
        )}
        {suggestions.map((sample) => (
          <Button key={sample.title} size="sm" variant="ghost" onClick={() => sample.output !== undefined && add({ title: sample.title, output: sample.output })}>
            {t('samples.suggest', { title: sample.title })}
          </Button>
        ))}
      </div>
      {listening && (
        <ListenPanel
          onCaptured={(output) => {
            add({ title: t('samples.captured', { time: new Date().toLocaleTimeString() }), output });
            setListening(false);
          }}
          onClose={() => setListening(false)}
        />
      )}
      {pasting && (
        <PasteExampleDialog
          title={t('samples.pasteTitle')}
          text={canListen ? t('samples.pasteWebhookText') : t('samples.pasteText')}
          keptAs={`sample ${stepId}`}
          onClose={() => setPasting(false)}
          onPaste={(value) => {
            add({ title: t('samples.number', { number: samples.length + 1 }), output: triggerOutput(step, catalogue, value) });
            setPasting(false);
          }}
        />
      )}
      {shown && (
        <Dialog open onClose={() => setShown(undefined)} title={shown.title || t('samples.one')} size="lg">
          <DataView value={shown.output} className="h-[60dvh] rounded-md border border-line" title={shown.title} />
        </Dialog>
      )}
    </section>
  );
}
