import { targetOfStep, type StepOf } from '@weft/flow';
import { exactNumbers, isObject, placesInside, type Json, type NumberPlaces } from '@weft/json-schema';
import type { CompiledMapping } from '@weft/mapping';
import type { Said } from '@weft/sentences';
import type { Answer } from '../journal.ts';
import { compiledMapping } from '../plan/compiled.ts';
import { named, say } from '../sentences.en.ts';
import { demandsOf, whatIsLacking, type Demands } from './demands.ts';
import { wantedNumbers } from '../plan/wanted-numbers.ts';
import { goesOn, type Executor } from './executor.ts';
import { mapRecord } from './map-record.ts';
import { placeOf } from './place.ts';
import { done, failed, warned } from './record.ts';
import { resumedInPlace } from './resumed.ts';

export interface RespondWork {
  kind: 'respond';
  input?: CompiledMapping;
  demands?: Demands;
  /** Where the answer holds numbers. */
  numbers?: NumberPlaces;
}

/** Makes the answer, which is sent after its commit. Only the first answer of a run is sent. */
export const respond: Executor<StepOf<'respond'>, RespondWork> = {
  plan: (step, { catalogue }) => ({
    kind: 'respond',
    input: compiledMapping(step.input, targetOfStep(step, catalogue)),
    demands: demandsOf(step.schemas?.input),
    numbers: wantedNumbers(step.input, step.schemas?.input),
  }),
  execute(moment) {
    const { state, stepKey } = moment;
    const result = mapRecord(moment.work.input, moment.frame.scope, placeOf(moment));
    if ('error' in result) return failed(moment, result.error, { whole: result.whole });
    const refused = whyNoAnswer(result.output);
    if (refused) return failed(moment, { kind: 'invalid_input', ...refused.said, stepKey, path: ['input', ...refused.path] }, { input: result.output });
    const lacking = whatIsLacking(moment.work.demands, result.output, moment);
    if (lacking) return failed(moment, lacking, { input: result.output });
    if (state.outcomeParts.answer) return done(moment, { output: result.output, ...warned(result) });
    const answer = answerOf(result.output, moment.work.numbers);
    state.outcomeParts.answer = answer;
    state.writer.afterCommit(() => state.answered(answer));
    const lost = state.services.lostOfAnswer?.(answer) ?? [];
    return done(moment, { output: result.output, ...warned(result, lost.length > 0 ? { warnings: lost.map((message) => ({ message })) } : {}) });
  },
  resume(moment, entry) {
    if (entry.kind === 'succeeded') moment.state.outcomeParts.answer ??= answerOf(entry.output, moment.work.numbers);
    return resumedInPlace(moment, entry);
  },
  portOfPin: goesOn,
};

/** The answer of a mapping's result. Without a status it is 200, or 204 where there is no body. */
function answerOf(output: Json | undefined, numbers: NumberPlaces | undefined): Answer {
  const { status, headers, body } = isObject(output) ? output : {};
  const given = isObject(headers) ? Object.entries(headers).filter(([, value]) => value !== null) : [];
  const exact = placesInside(exactNumbers(output, numbers), 'body');
  return {
    status: typeof status === 'number' ? status : body === undefined ? 204 : 200,
    headers: Object.fromEntries(given.map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)])),
    body,
    ...(exact.length > 0 && { exact }),
  };
}

function whyNoAnswer(output: Json): { path: string[]; said: Said } | undefined {
  const { status, headers } = isObject(output) ? output : {};
  if (status !== undefined && status !== null && !(Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599)) {
    return { path: ['status'], said: say('run.answer.status') };
  }
  if (headers === undefined || headers === null) return undefined;
  if (!isObject(headers)) return { path: ['headers'], said: say('run.answer.headers') };
  const wrong = Object.entries(headers).find(([, value]) => [value].flat().some((single) => typeof single === 'object' && single !== null));
  return wrong && { path: ['headers', wrong[0]], said: say('run.answer.header', { name: named(wrong[0]) }) };
}
