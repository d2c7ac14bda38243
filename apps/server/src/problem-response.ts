import type { ProblemDetails } from '@weft/api';
import type { Refused, RefusedStatus } from './refused.ts';

const titles: Record<RefusedStatus, string> = {
  400: 'The request is not understood',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  409: 'In conflict with what is there',
  412: 'Somebody else was faster',
  413: 'Too large',
  415: 'Unexpected kind of content',
  421: 'Unknown address',
  422: 'Something has to be mended first',
  429: 'Too many tries',
  500: 'Something went wrong on our side',
  503: 'Not ready',
  507: 'No space left',
};

/** @see https://www.rfc-editor.org/rfc/rfc9457 */
export function problemResponse(refused: Refused): Response {
  const details: ProblemDetails = {
    type: 'about:blank',
    title: titles[refused.status],
    status: refused.status,
    code: refused.code,
    detail: refused.message,
    issues: refused.issues,
    current: refused.current,
  };
  return new Response(JSON.stringify(details), {
    status: refused.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...refused.headers },
  });
}
