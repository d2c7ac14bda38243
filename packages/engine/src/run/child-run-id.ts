import { seededUuid } from '@weft/mapping';

const timeLength = 'xxxxxxxx-xxxx'.length;
const isOrdered = /^run_[0-9a-f]{8}-[0-9a-f]{4}-/;

/** The id of the run that a step of a run calls: always the same, and among other ids it stands where its caller does. */
export function childRunId(runId: string, stepKey: string): string {
  const own = seededUuid(`call:${runId}:${stepKey}`);
  return isOrdered.test(runId) ? `${runId.slice(0, 'run_'.length + timeLength)}${own.slice(timeLength)}` : `run_${own}`;
}
