import type { StepOf } from '@weft/flow';
import { isObject } from '@weft/json-schema';
import type { CompiledExpression } from '@weft/mapping';
import type { RunError } from '../journal.ts';
import { compiledExpression } from '../plan/compiled.ts';
import { decided } from './decide.ts';
import type { Executor } from './executor.ts';
import type { Scope } from './map-record.ts';
import { anew, type Place } from './place.ts';
import { done, failed } from './record.ts';
import { resumedInPlace } from './resumed.ts';

export interface BranchWork {
  kind: 'branch';
  cases: { id: string; title: string; condition?: CompiledExpression }[];
}

/** Goes on at the first case that is true, or at `else`. */
export const branch: Executor<StepOf<'branch'>, BranchWork> = {
  plan: ({ cases }) => ({ kind: 'branch', cases: cases.map(({ id, title, condition }) => ({ id, title, condition: compiledExpression(condition) })) }),
  execute(moment) {
    const port = chosenCase(moment.work, moment.frame.scope, anew(moment));
    return typeof port === 'string' ? done(moment, { output: { case: port }, port }) : failed(moment, port);
  },
  resume: resumedInPlace,
  portOfPin({ cases }, output) {
    const chosen = isObject(output) ? output['case'] : undefined;
    return cases.find(({ id }) => id === chosen)?.id ?? 'else';
  },
};

/** The port, for a run as for a record of a stream. */
export function chosenCase({ cases }: BranchWork, scope: Scope, place: Place): string | RunError {
  for (const { id, title, condition } of cases) {
    const isTrue = decided(condition, scope, place, title);
    if (typeof isTrue === 'object') return isTrue;
    if (isTrue) return id;
  }
  return 'else';
}
