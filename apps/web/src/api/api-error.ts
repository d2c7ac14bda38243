import type { ProblemDetails } from '@weft/api';
import { sentenceOf } from '../locales/sentence-of.ts';

/** A request that the server refused, or that never reached it (`connection.lost`). `message` is a sentence for the person. */
export class ApiError extends Error {
  readonly problem: ProblemDetails;

  constructor(problem: ProblemDetails, options?: ErrorOptions) {
    super(problem.detail === '' ? problem.title : problem.detail, options);
    this.name = 'ApiError';
    this.problem = problem;
  }

  /** HTTP status; 0 when no answer came. */
  get status(): number {
    return this.problem.status;
  }

  /** Stable, for programs: `flow.stale`, `input.invalid`, `auth.required` … */
  get code(): string {
    return this.problem.code;
  }

  /** What the server says about one field of the request's body. */
  issueAt(...path: string[]): string | undefined {
    const found = this.problem.issues?.find((issue) => issue.path.join('\0') === path.join('\0'));
    return found && sentenceOf(found);
  }
}

/** A sentence for the person, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error && error.message !== '' ? sentenceOf(error) : String(error);
}
