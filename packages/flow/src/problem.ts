import type { SentenceRef } from '@weft/sentences';
import type { FlowDocument } from './document.ts';

export type ProblemSeverity = 'error' | 'warning';

/** Something a person should fix. Errors block publishing, warnings do not. */
export interface Problem {
  /** Stable, for tests and help: `trigger.missing`, `mapping.required` … */
  code: string;
  severity: ProblemSeverity;
  /** The step it belongs to; absent for the flow as a whole. */
  stepId?: string;
  /** Where inside the step: `['config', 'url']`, `['input', 'body', 'email']` … */
  path?: string[];
  /** The mapping rule it belongs to. */
  ruleId?: string;
  /** A sentence for a business user, with what to do. */
  message: string;
  /** What the message is made from, to say it in another language; absent where it is known in English only. */
  sentence?: SentenceRef;
  /** A fix in one click, only where the result is certain. */
  fixes?: Fix[];
}

export interface Fix {
  title: string;
  /** What the title is made from. */
  sentence?: SentenceRef;
  /** Pure: gives the mended flow. */
  apply(flow: FlowDocument): FlowDocument;
}
