import type { StepOf } from '@weft/flow';
import type { JsonSchema } from '@weft/json-schema';
import { drift } from './drift.ts';
import type { Executor } from './executor.ts';
import { learnedFromSamples, learnedOutput } from './learned-output.ts';
import { done } from './record.ts';

export interface TriggerWork {
  kind: 'trigger';
  learned?: JsonSchema;
}

/** What started the run is the trigger's output. */
export const trigger: Executor<StepOf<'trigger'>, TriggerWork> = {
  plan({ use, schemas, samples = [] }, { catalogue }) {
    const described = schemas?.output ?? learnedFromSamples(samples.map(({ output }) => output));
    return { kind: 'trigger', learned: learnedOutput(described, catalogue.operation(use)) };
  },
  execute(moment) {
    const { payload } = moment.state.run;
    return done(moment, { output: payload, ...drift(moment, payload, moment.work.learned) });
  },
  resume: ({ state, now }) => ({ kind: 'went', port: 'next', output: state.run.payload, at: now }),
};
