import type { FlowDetail, ProblemDetails } from './contract.ts';

type ProblemStatus = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 422 | 429 | 500 | 503 | 507;

interface ProblemExtras {
  issues?: { path: string[]; message: string }[];
  current?: FlowDetail;
  headers?: Record<string, string>;
  cause?: unknown;
}

const titles: Record<ProblemStatus, string> = {
  400: 'The request is not understood',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  409: 'In conflict with what is there',
  412: 'Somebody else was faster',
  413: 'Too large',
  415: 'Unexpected kind of content',
  422: 'Something has to be mended first',
  429: 'Too many tries',
  500: 'Something went wrong on our side',
  503: 'Not ready',
  507: 'No space left',
};

/** A refused request: thrown anywhere below a route, answered as problem+json in one place. */
export class HttpProblem extends Error {
  readonly status: ProblemStatus;
  /** Stable, for programs. */
  readonly code: string;
  readonly issues?: { path: string[]; message: string }[];
  readonly current?: FlowDetail;
  readonly headers: Record<string, string>;

  /** @param detail - a sentence for the person, saying what to do next. */
  constructor(status: ProblemStatus, code: string, detail: string, extras: ProblemExtras = {}) {
    super(detail, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.name = 'HttpProblem';
    this.status = status;
    this.code = code;
    this.headers = extras.headers ?? {};
    if (extras.issues) this.issues = extras.issues;
    if (extras.current) this.current = extras.current;
  }
}

/** The same answer for what does not exist and for what belongs to somebody else. */
export const notFound = (what = 'This'): HttpProblem =>
  new HttpProblem(404, 'not_found', `${what} does not exist, or it is not yours to see.`);

export const invalid = (detail: string, issues?: { path: string[]; message: string }[]): HttpProblem =>
  new HttpProblem(400, 'input.invalid', detail, { issues });

/** @see https://www.rfc-editor.org/rfc/rfc9457 */
export function problemResponse(problem: HttpProblem): Response {
  const details: ProblemDetails = {
    type: 'about:blank',
    title: titles[problem.status],
    status: problem.status,
    code: problem.code,
    detail: problem.message,
    ...(problem.issues ? { issues: problem.issues } : {}),
    ...(problem.current ? { current: problem.current } : {}),
  };
  return new Response(JSON.stringify(details), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...problem.headers },
  });
}
