import { isObject, type Json } from '@weft/json-schema';
import type { Answer, RunError } from '../journal.ts';
import type { Executor } from '../run/run-state.ts';
import { mapped } from './mapped.ts';
import { done, failed } from './record.ts';

/** Makes the answer. It is sent once it is committed; only a run's first answer is. */
export const respond: Executor<'respond'> = (moment) => {
  const { state, stepKey } = moment;
  const result = mapped(moment, moment.work.input);
  if ('error' in result) return failed(moment, result.error, { whole: result.whole });
  const refused = whyNoAnswer(result.output);
  if (refused !== undefined) {
    const error: RunError = { kind: 'invalid_input', message: refused.message, stepKey, path: ['input', ...refused.path] };
    return failed(moment, error, { input: result.output });
  }
  if (!state.given.answer) {
    const answer = answerOf(result.output);
    state.given.answer = answer;
    state.writer.afterCommit(() => state.answered(answer));
  }
  return done(moment, { output: result.output, ...(result.warnings && { warnings: result.warnings }) });
};

/** The answer of a mapping's result. Without a status it is 200, or 204 where there is no body. */
export function answerOf(output: Json | undefined): Answer {
  const { status, headers, body } = isObject(output) ? output : {};
  const given = isObject(headers) ? Object.entries(headers).filter(([, value]) => value !== null) : [];
  return {
    status: typeof status === 'number' ? status : body === undefined ? 204 : 200,
    headers: Object.fromEntries(given.map(([name, value]) => [name, String(value)])),
    body,
  };
}

function whyNoAnswer(output: Json): { path: string[]; message: string } | undefined {
  const { status, headers } = isObject(output) ? output : {};
  if (status !== undefined && status !== null && !(Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599)) {
    return { path: ['status'], message: 'The status of an answer is a whole number from 200 to 599.' };
  }
  if (headers === undefined || headers === null) return undefined;
  if (!isObject(headers)) return { path: ['headers'], message: 'The headers of an answer are names with texts.' };
  const wrong = Object.entries(headers).find(([, value]) => typeof value === 'object' && value !== null);
  return wrong && { path: ['headers', wrong[0]], message: `The header “${wrong[0]}” is a single text.` };
}
