import type { StepOf } from '@weft/flow';
import { isObject } from '@weft/json-schema';
import type { CompiledExpression } from '@weft/mapping';
import { compiledExpression } from '../plan/compiled.ts';
import { decided } from './decide.ts';
import type { Executor } from './executor.ts';
import { anew } from './place.ts';
import { done, failed, record } from './record.ts';
import { resumedInPlace } from './resumed.ts';

export interface FilterWork {
  kind: 'filter';
  condition?: CompiledExpression;
}

/** Lets pass, or ends this way through as skipped. */
export const filter: Executor<StepOf<'filter'>, FilterWork> = {
  plan: ({ condition }) => ({ kind: 'filter', condition: compiledExpression(condition) }),
  execute(moment) {
    const { state, frame, step, stepKey, work, now } = moment;
    const passed = decided(work.condition, frame.scope, anew(moment), step.title);
    if (typeof passed === 'object') return failed(moment, passed);
    const output = { passed };
    if (passed) return done(moment, { output });
    record(state, frame, { stepKey, attempt: 1, kind: 'skipped', output });
    return { kind: 'went', port: undefined, output, at: now };
  },
  resume: resumedInPlace,
  portOfPin: (_work, output) => (isObject(output) && output['passed'] === false ? undefined : 'next'),
};
