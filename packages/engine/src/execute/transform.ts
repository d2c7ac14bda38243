import type { Executor } from '../run/run-state.ts';
import { drift } from './drift.ts';
import { mapped } from './mapped.ts';
import { done, failed } from './record.ts';

/** A mapping on its own. */
export const transform: Executor<'transform'> = (moment) => {
  const { input, onError, learned } = moment.work;
  const result = mapped(moment, input);
  if ('error' in result) return failed(moment, result.error, { onError, whole: result.whole });
  const { warnings } = drift(moment, result.output, learned);
  const all = [...(result.warnings ?? []), ...(warnings ?? [])];
  return done(moment, { output: result.output, ...(all.length > 0 && { warnings: all }) });
};
