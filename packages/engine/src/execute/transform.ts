import type { StepOf } from '@weft/flow';
import type { JsonSchema } from '@weft/json-schema';
import type { CompiledMapping } from '@weft/mapping';
import { compiledMapping } from '../plan/compiled.ts';
import { demandsOf, whatIsLacking, type Demands } from './demands.ts';
import { drift } from './drift.ts';
import { goesOn, type Executor } from './executor.ts';
import { mapRecord } from './map-record.ts';
import { placeOf } from './place.ts';
import { done, failed, warned, type OnError } from './record.ts';
import { resumedInPlace } from './resumed.ts';

export interface TransformWork {
  kind: 'transform';
  input?: CompiledMapping;
  onError: OnError;
  learned?: JsonSchema;
  /** What the result must have. */
  demands?: Demands;
}

/** A mapping on its own. */
export const transform: Executor<StepOf<'transform'>, TransformWork> = {
  plan: ({ input, onError = 'fail', schemas }) => ({
    kind: 'transform',
    input: compiledMapping(input, schemas?.input),
    onError,
    learned: schemas?.input,
    demands: demandsOf(schemas?.input),
  }),
  execute(moment) {
    const { input, onError, learned, demands } = moment.work;
    const result = mapRecord(input, moment.frame.scope, placeOf(moment));
    if ('error' in result) return failed(moment, result.error, { onError, whole: result.whole });
    const lacking = whatIsLacking(demands, result.output, moment);
    if (lacking) return failed(moment, lacking, { onError, input: result.output });
    return done(moment, { output: result.output, ...warned(result, drift(moment, result.output, learned)) });
  },
  resume: resumedInPlace,
  portOfPin: goesOn,
};
