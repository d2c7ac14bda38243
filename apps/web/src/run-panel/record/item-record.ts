import { isObject } from '@weft/json-schema';
import { numberOf, type ItemRecord, type RunRecord, type StepRecord, type StepStatus } from './run-record.ts';

/** How an item went. @param steps - its steps, in the order they began. */
export function itemRecord(itemKey: string, steps: readonly StepRecord[]): ItemRecord {
  const index = numberOf(itemKey);
  const broken = steps.find(endsTheItem);
  const status = statusOf(steps, broken);
  const startedAt = least(steps.map((step) => step.startedAt));
  const endedAt = status === 'running' || status === 'waiting' || status === 'parked' ? undefined : most(steps.map((step) => step.endedAt));
  return {
    key: itemKey,
    index,
    status,
    startedAt,
    endedAt,
    error: broken?.error,
  };
}

/** Keys of a loop's items by their number; where several run at once they begin in another order. */
export function itemsOf(record: RunRecord, loopKey: string): readonly string[] {
  const keys = record.items.get(loopKey) ?? [];
  const isSorted = keys.every((key, at) => at === 0 || numberOf(keys[at - 1] ?? key) < numberOf(key));
  return isSorted ? keys : [...keys].sort((a, b) => numberOf(a) - numberOf(b));
}

function statusOf(steps: readonly StepRecord[], broken: StepRecord | undefined): StepStatus {
  if (broken) return 'failed';
  if (steps.some(({ status }) => status === 'running')) return 'running';
  if (steps.some(({ status }) => status === 'waiting')) return 'waiting';
  if (steps.some(({ status }) => status === 'parked')) return 'parked';
  const filtered = steps.findLastIndex(saidNo);
  const wentOn = steps.slice(filtered + 1).some(({ status }) => status !== 'skipped');
  return filtered >= 0 && !wentOn ? 'skipped' : 'succeeded';
}

/** A failure without a port to go on at. */
const endsTheItem = ({ status, port }: StepRecord): boolean => status === 'failed' && port === undefined;

/** A filter that let nothing pass; steps that were merely not reached have no output. */
const saidNo = ({ status, output }: StepRecord): boolean => status === 'skipped' && isObject(output) && output['passed'] === false;

const known = (values: (number | undefined)[]): number[] => values.filter((value) => value !== undefined);
const least = (values: (number | undefined)[]): number | undefined =>
  known(values).reduce<number | undefined>((a, b) => (a === undefined || b < a ? b : a), undefined);
const most = (values: (number | undefined)[]): number | undefined =>
  known(values).reduce<number | undefined>((a, b) => (a === undefined || b > a ? b : a), undefined);
