import type { SchemaValidator } from '@weft/json-schema';
import { createInterpretingValidator } from '@weft/json-schema/interpreter';
import type { Catalogue } from '../catalogue.ts';
import type { FlowDocument } from '../document.ts';
import { stepOrder } from '../graph/step-order.ts';
import type { Problem } from '../problem.ts';
import { viewOf } from '../schemas/view-of.ts';
import { unwalkableSteps } from '../schemas/walkable-flow.ts';
import { say } from '../sentences.en.ts';
import { answers } from './answers.ts';
import { type Check, named, type Rules } from './check.ts';
import { config } from './config.ts';
import { edges, unconnectedSteps } from './edges.ts';
import { expressions } from './expressions.ts';
import { kindProblems } from './kind-problems.ts';
import { limits } from './limits.ts';
import { loops } from './loops.ts';
import { mappings } from './mappings.ts';
import { operations } from './operations.ts';
import { renamedFields } from './renamed-fields.ts';
import { schemas } from './schemas.ts';
import { settings } from './settings.ts';
import { streams } from './streams.ts';
import { triggers } from './triggers.ts';

const families: Rules[] = [
  triggers, edges, unconnectedSteps, loops, operations, config, mappings, expressions, renamedFields, kindProblems, answers, streams, settings, schemas, limits,
];

let ownValidator: SchemaValidator | undefined;

export interface ProblemsOptions {
  /** For settings; default the interpreting one, which needs no eval. */
  validator?: SchemaValidator;
  /** Of this flow, to find out whether it ends up calling itself. */
  flowId?: string;
}

/**
 * Everything a person should mend before the flow can run, the same in the browser while drawing and on the server
 * before publishing: the flow's own problems first, then step by step in running order, errors before warnings.
 */
export function problems(flow: FlowDocument, catalogue: Catalogue, options: ProblemsOptions = {}): Problem[] {
  return inOrder(flow, [...parts(flow, catalogue, options)].flat());
}

/** So long are problems looked for before others have their turn, milliseconds. */
const maxTurnMs = 20;

/** The same for a thread that others wait for: a flow may have two thousand steps. @param rest - lets them have their turn. */
export async function problemsInTurns(flow: FlowDocument, catalogue: Catalogue, rest: () => Promise<void>, options: ProblemsOptions = {}): Promise<Problem[]> {
  const found: Problem[] = [];
  let endsAt = performance.now() + maxTurnMs;
  for (const part of parts(flow, catalogue, options)) {
    for (const problem of part) found.push(problem);
    if (performance.now() < endsAt) continue;
    await rest();
    endsAt = performance.now() + maxTurnMs;
  }
  return inOrder(flow, found);
}

function* parts(flow: FlowDocument, catalogue: Catalogue, { validator = (ownValidator ??= createInterpretingValidator()), flowId }: ProblemsOptions) {
  const check: Check = { ...viewOf(flow, catalogue), validator, flowId };
  for (const rules of families) yield* rules(check);
  yield tooLarge(flow);
}

function inOrder(flow: FlowDocument, found: readonly Problem[]): Problem[] {
  const place = new Map(stepOrder(flow).map((stepId, at) => [stepId, at + 1]));
  const placeOf = ({ stepId }: Problem) => (stepId === undefined ? 0 : (place.get(stepId) ?? 0));
  const weight = ({ severity }: Problem) => (severity === 'error' ? 0 : 1);
  return withoutRepeats(found).toSorted((a, b) => placeOf(a) - placeOf(b) || weight(a) - weight(b));
}

/** Of the flow as it is: what else is asked goes by the flow without them. */
const tooLarge = (flow: FlowDocument): Problem[] =>
  unwalkableSteps(flow).map((stepId) => {
    const sentence = say('flow.schema.tooLarge', { step: named(flow.steps[stepId]?.title) });
    return { code: 'schema.tooLarge', severity: 'error', stepId, ...sentence };
  });

/** A range that a kind words better is not said again as a limit. */
function withoutRepeats(found: readonly Problem[]): readonly Problem[] {
  const placeOf = ({ stepId, path = [] }: Problem) => JSON.stringify([stepId, ...path]);
  const said = new Set(found.filter(({ code }) => code === 'retry.range').map(placeOf));
  return said.size === 0 ? found : found.filter((problem) => problem.code !== 'limit' || !said.has(placeOf(problem)));
}

export const hasErrors = (found: readonly Problem[]): boolean => found.some(({ severity }) => severity === 'error');
