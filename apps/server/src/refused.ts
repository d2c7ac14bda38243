import type { FieldIssue, FlowDetail } from '@weft/api';
import type { SchemaIssue } from '@weft/json-schema';

/** The HTTP status. */
export type RefusedStatus = 400 | 401 | 403 | 404 | 405 | 409 | 412 | 413 | 415 | 421 | 422 | 429 | 500 | 503 | 507;

interface RefusedExtras {
  issues?: FieldIssue[];
  current?: FlowDetail;
  headers?: Record<string, string>;
  cause?: unknown;
}

/** A request that is refused: thrown where the reason is found, answered as problem+json in one place of http/. */
export class Refused extends Error {
  readonly status: RefusedStatus;
  /** Stable, for programs. */
  readonly code: string;
  readonly issues?: FieldIssue[];
  readonly current?: FlowDetail;
  readonly headers: Record<string, string>;

  /** @param detail - a sentence for the person, saying what to do next. */
  constructor(status: RefusedStatus, code: string, detail: string, extras: RefusedExtras = {}) {
    super(detail, extras.cause === undefined ? undefined : { cause: extras.cause });
    this.name = 'Refused';
    this.status = status;
    this.code = code;
    this.headers = extras.headers ?? {};
    if (extras.issues) this.issues = extras.issues;
    if (extras.current) this.current = extras.current;
  }
}

/** The same answer for what does not exist and for what belongs to another workspace. */
export const notFound = (what = 'This'): Refused =>
  new Refused(404, 'not_found', `${what} does not exist, or it is not yours to see.`);

export const invalid = (detail: string, issues?: FieldIssue[]): Refused =>
  new Refused(400, 'input.invalid', detail, { issues });

/** What a reader or a schema refuses, as an answer names it. */
export const fieldIssue = ({ path, message, sentence }: SchemaIssue): FieldIssue => ({ path: [...path], message, sentence });
