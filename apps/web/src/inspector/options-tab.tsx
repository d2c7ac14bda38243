import { effectLimits, kindOf, type ActionStep, type RetryPolicy, type Step } from '@weft/flow';
import { defined } from '@weft/json-schema';
import { useTranslation } from 'react-i18next';
import { Select, TextField } from '../ui/index.ts';
import { NoteField } from './note-field.tsx';
import { useEditStep } from './use-step.ts';
import './words.ts';

/** What a step says about failures, where its kind may fail. */
type Fallible = Step & Pick<ActionStep, 'onError'>;

/** What happens when the step fails, how long it may take, and a note. */
export function OptionsTab({ stepId, step }: { stepId: string; step: Step }) {
  return (
    <>
      {kindOf(step).mayFail && <FailureOptions stepId={stepId} step={step} />}
      <NoteField stepId={stepId} step={step} />
    </>
  );
}

function FailureOptions({ stepId, step }: { stepId: string; step: Fallible }) {
  const { t } = useTranslation('inspector');
  const edit = useEditStep(stepId);
  const { retry, timeoutMs } = step.kind === 'action' ? step : {};
  const attempts = retry?.attempts ?? effectLimits.attempts.usual;
  const backoff = retry?.backoff ?? effectLimits.backoff.usual;
  const setRetry = (patch: Partial<RetryPolicy>, merge: string): void => {
    const next: RetryPolicy = defined({ attempts, backoff, delayMs: retry?.delayMs, ...patch });
    edit({ retry: next.attempts <= 1 ? undefined : next }, t('undo.options'), merge);
  };
  return (
    <>
      <Select
        label={t('options.onError')}
        value={step.onError ?? 'fail'}
        onChange={(onError) => edit({ onError: onError === 'fail' ? undefined : onError }, t('undo.options'))}
        options={(['fail', 'continue', 'port'] as const).map((value) => ({
          value,
          label: t(`options.error.${value}`),
          description: t(`options.errorHint.${value}`),
        }))}
      />
      {step.kind === 'action' && (
        <>
          <Select
            label={t('options.delivery')}
            value={step.delivery ?? 'at-least-once'}
            onChange={(delivery) => edit(delivery === 'at-most-once' ? { delivery, retry: undefined } : { delivery: undefined }, t('undo.options'))}
            options={(['at-least-once', 'at-most-once'] as const).map((value) => ({
              value,
              label: t(`options.deliver.${value}`),
              description: t(`options.deliverHint.${value}`),
            }))}
          />
          {step.delivery !== 'at-most-once' && (
            <NumberField
              label={t('options.attempts')}
              hint={t('options.attemptsHint')}
              value={attempts}
              min={effectLimits.attempts.min}
              max={effectLimits.attempts.max}
              onChange={(value) => setRetry({ attempts: value }, 'attempts')}
            />
          )}
          {attempts > 1 && (
            <>
              <Select
                label={t('options.backoff')}
                value={backoff}
                onChange={(backoff) => setRetry({ backoff }, 'backoff')}
                options={[
                  { value: 'exponential', label: t('options.exponential') },
                  { value: 'fixed', label: t('options.fixed') },
                ]}
              />
              <NumberField
                label={t('options.delay')}
                value={(retry?.delayMs ?? effectLimits.delayMs.usual) / 1000}
                {...inSeconds(effectLimits.delayMs)}
                onChange={(seconds) => setRetry({ delayMs: Math.round(seconds * 1000) }, 'delay')}
              />
            </>
          )}
          <NumberField
            label={t('options.timeout')}
            hint={t('options.timeoutHint')}
            value={(timeoutMs ?? effectLimits.timeoutMs.usual) / 1000}
            {...inSeconds(effectLimits.timeoutMs)}
            onChange={(seconds) => edit({ timeoutMs: Math.round(seconds * 1000) }, t('undo.options'), 'timeout')}
          />
        </>
      )}
    </>
  );
}

interface Range {
  min: number;
  max: number;
}

/** Bounds in milliseconds as whole seconds inside of them. */
const inSeconds = ({ min, max }: Range): Range => ({ min: Math.ceil(min / 1000), max: Math.floor(max / 1000) });

function NumberField({ label, hint, value, min, max, onChange }: Range & { label: string; hint?: string; value: number; onChange: (value: number) => void }) {
  return (
    <TextField
      key={label}
      label={label}
      hint={hint}
      type="number"
      min={min}
      max={max}
      value={String(value)}
      onChange={(text) => {
        const number = Number(text);
        if (text !== '' && Number.isFinite(number) && number >= min && number <= max) onChange(number);
      }}
    />
  );
}
