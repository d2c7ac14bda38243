import type { FlowSource } from '../ports.ts';
import type { NewRun } from '../substrate.ts';

/** The run with what keeps it in order among the runs of its flow, and with what it is called there. */
export function labelledRun(run: NewRun, flows: Pick<FlowSource, 'keyOf' | 'titleOf'>): NewRun {
  const key = run.key ?? flows.keyOf?.(run);
  const title = run.title ?? flows.titleOf?.(run);
  return key === undefined && title === undefined ? run : { ...run, ...(key !== undefined && { key }), ...(title !== undefined && { title }) };
}
