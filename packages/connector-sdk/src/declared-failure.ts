import { isObject } from '@weft/json-schema';
import type { Failure } from './descriptor.ts';

/** What can be told of an answer. */
export interface Told {
  status: number;
  /** The body as JSON; called only where a failure is told by a code. Undefined where it is none. */
  body(): unknown;
}

/**
 * The failure that an operation declares for an answer: of several that match, the one that says most exactly what it matches, a code before
 * a status and `429` before `4xx`. Below 400 an answer fails only where a declared failure names both its status and its code, as of
 * services that answer 200 to everything.
 */
export function declaredFailure(failures: readonly Failure[], { status, body }: Told): Failure | undefined {
  let found: Failure | undefined;
  let best = 0;
  let codes: readonly string[] | undefined;
  for (const failure of failures) {
    const { match } = failure;
    if (match === undefined || (status < 400 && (match.code === undefined || match.status === undefined))) continue;
    const byStatus = match.status === undefined ? 0 : matchOfStatus(match.status, status);
    if (byStatus === undefined) continue;
    const exactness = byStatus + (match.code === undefined ? 0 : 4);
    if (exactness <= best) continue;
    if (match.code !== undefined && !(codes ??= codesIn(body())).includes(match.code)) continue;
    [found, best] = [failure, exactness];
  }
  return found;
}

/** `429`, `5xx`, or several with commas. */
export const statusForm = /^(?:[1-5]\d\d|[1-5]xx)(?:,(?:[1-5]\d\d|[1-5]xx))*$/;

/** 2 for the status itself, 1 for its class. */
function matchOfStatus(written: string, status: number): number | undefined {
  const parts = written.split(',');
  if (parts.includes(String(status))) return 2;
  return parts.includes(`${Math.floor(status / 100)}xx`) ? 1 : undefined;
}

/** Where services write the code of an error: in the body itself, in its `error`, or in the first of its `errors`. */
function codesIn(body: unknown): string[] {
  if (!isObject(body)) return [];
  const { error, errors } = body as { error?: unknown; errors?: unknown };
  return [body, error, Array.isArray(errors) ? errors[0] : undefined]
    .flatMap((place) => (isObject(place) ? codeFields.map((name) => place[name]) : []))
    .filter((code) => typeof code === 'string' || typeof code === 'number')
    .map(String);
}

const codeFields = ['code', 'error', 'error_code', 'errorCode', 'type', 'status'];
