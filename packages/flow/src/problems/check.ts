import type { SchemaValidator } from '@weft/json-schema';
import type { SentenceRef } from '@weft/sentences';
import type { Problem } from '../problem.ts';
import type { Step } from '../document.ts';
import type { FlowView } from '../schemas/flow-view.ts';
import { part } from '../sentences.en.ts';

/** What every family of rules looks at. */
export interface Check extends FlowView {
  validator: SchemaValidator;
  /** The id of the flow, where it is known. */
  flowId?: string;
}

/** One family of rules: everything it finds wrong with a flow, in parts of which each takes a moment. */
export type Rules = (check: Check) => Iterable<Problem[]>;

/** A family that looks at the flow as a whole. */
export const ofFlow = (rules: (check: Check) => Problem[]): Rules =>
  function* (check) {
    yield rules(check);
  };

/** A family that looks at one step at a time. */
export const forEachStep =
  (rules: (check: Check, stepId: string, step: Step) => Problem[]): Rules =>
  function* (check) {
    for (const [stepId, step] of Object.entries(check.flow.steps)) yield rules(check, stepId, step);
  };

/** A title in a sentence; long ones are shortened. */
export const named = (title: string | undefined): SentenceRef => (title?.trim() ? part('flow.titled', { title: shortened(title) }) : part('flow.untitled'));

/** As much of a text as a sentence can hold. */
export const shortened = (text: string): string => (text.length > maxInSentence ? `${text.slice(0, maxInSentence)}…` : text);

const maxInSentence = 80;
