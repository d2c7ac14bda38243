import { compileExpression, compileMapping, type CompiledExpression, type CompiledMapping, type Expression, type MappingDocument } from '@weft/mapping';
import { isAnything, isObject, mergeOpen, schemaAt, withDefaults, type JsonObject, type JsonSchema, type SchemaValidator } from '@weft/json-schema';
import { InputError, TerminalError, type Operation } from '@weft/connector-sdk';
import { type ActionStep, type Catalogue, effectLimits, repeatOf, type Step, type StepKind, type StepOf, type StreamSource, type TriggerStep } from '@weft/flow';
import { toRunError } from '../run/to-run-error.ts';
import { stagesOf } from '../stream/stages.ts';
import type { Block, BrokenWork, SourceWork, Work, WorkOf } from './plan.ts';

interface Surroundings {
  catalogue: Catalogue;
  validator: SchemaValidator;
  /** The inside of a forEach step. */
  inner?: Block;
}

/** One step made ready, or why it cannot be. */
export function planWork(stepId: string, step: Step, around: Surroundings): Work | BrokenWork {
  try {
    return plan(step, around);
  } catch (error) {
    // A draft may be unfinished in any way; the step says so when the run gets there.
    return { kind: 'broken', error: toRunError(error, stepId) };
  }
}

const planners: { [K in StepKind]: (step: StepOf<K>, around: Surroundings) => WorkOf<K> } = {
  trigger: (step, { catalogue }) => ({ kind: 'trigger', ...learnedOutput(step, catalogue.operation(step.use)) }),
  action: (step, { catalogue, validator }) => planAction(step, catalogue, validator),
  transform: (step) => ({
    kind: 'transform',
    ...mapping(step.input),
    onError: step.onError ?? 'fail',
    ...(step.schemas?.input && { learned: step.schemas.input }),
  }),
  filter: (step) => ({ kind: 'filter', ...expression('condition', step.condition) }),
  branch: (step) => ({
    kind: 'branch',
    cases: step.cases.map(({ id, title, condition }) => ({ id, title, ...expression('condition', condition) })),
  }),
  forEach: (step, { inner, catalogue, validator }) => ({
    kind: 'forEach',
    ...(step.source && { source: planSource(step, step.source, { catalogue, validator, inner: inner ?? emptyBlock }) }),
    ...expression('items', step.items),
    as: step.as,
    concurrency: Math.min(50, Math.max(1, step.concurrency ?? 1)),
    onItemError: step.onItemError ?? 'stop',
    ...expression('collect', step.collect),
    inner: inner ?? emptyBlock,
  }),
  respond: (step) => ({ kind: 'respond', ...mapping(step.input) }),
  wait: (step) => ({
    kind: 'wait',
    mode: step.mode,
    ...(step.durationMs !== undefined && { durationMs: step.durationMs }),
    ...expression('date', step.date),
    ...expression('key', step.key),
    ...(step.timeoutMs !== undefined && { timeoutMs: step.timeoutMs }),
    ...(step.schemas?.output && { learned: step.schemas.output }),
  }),
  approval: ({ question, assignees, timeoutMs, onTimeout = 'reject', input }) => ({
    kind: 'approval',
    question,
    assignees,
    ...(timeoutMs !== undefined && { timeoutMs }),
    onTimeout,
    ...mapping(input),
  }),
  subflow: ({ flow, version, input, onError = 'fail' }) => ({ kind: 'subflow', flow, ...(version !== undefined && { version }), ...mapping(input), onError }),
  stop: (step) => ({ kind: 'stop', outcome: step.outcome ?? 'succeeded', ...(step.message && { message: step.message }) }),
};

function plan<K extends StepKind>(step: StepOf<K> & { kind: K }, around: Surroundings): Work {
  // The table gives the planner of the step's own kind; TypeScript cannot follow a union through an index.
  return planners[step.kind](step, around) as Work;
}

const emptyBlock: Block = { steps: [], incoming: [], starts: [], forks: false };

/** The operation a step uses, and its settings with defaults. @throws {ConnectorError} when it is not there or they do not fit. */
function usedOperation({ title }: Step, used: Pick<StreamSource, 'use' | 'config'>, catalogue: Catalogue, validator: SchemaValidator) {
  const operation = catalogue.operation(used.use);
  if (!operation) {
    const { connector, version, operation: name } = used.use;
    throw new TerminalError(`“${title}” uses ${connector} ${version} › ${name}, which is not installed: choose another operation.`, {
      kind: 'unsupported',
    });
  }
  const config = withDefaults(operation.config ?? {}, used.config ?? {});
  const [unfit] = operation.config ? validator.validate(operation.config, config) : [];
  if (unfit) {
    const field = schemaAt(operation.config ?? {}, unfit.path)?.title ?? unfit.path.at(-1) ?? 'the settings';
    throw new InputError(['config', ...unfit.path], `“${title}”: “${field}” ${unfit.message}. Correct it in the step’s settings.`);
  }
  return { operation, config: isObject(config) ? config : ({} as JsonObject) };
}

function planSource(step: StepOf<'forEach'>, source: StreamSource, { catalogue, validator, inner }: { catalogue: Catalogue; validator: SchemaValidator; inner: Block }): SourceWork {
  const { operation, config } = usedOperation(step, source, catalogue, validator);
  if (operation.kind !== 'source') {
    throw new TerminalError(`“${step.title}” cannot read “${operation.title}” record by record: choose a source.`, { kind: 'unsupported' });
  }
  return {
    use: source.use,
    operation,
    ...(source.connection !== undefined && { connection: source.connection }),
    config,
    ...mapping(source.input),
    batchSize: Math.min(10_000, Math.max(1, step.batchSize ?? 500)),
    stages: stagesOf(inner),
  };
}

function planAction(step: ActionStep, catalogue: Catalogue, validator: SchemaValidator): WorkOf<'action'> {
  const { operation, config } = usedOperation(step, step, catalogue, validator);
  return {
    kind: 'action',
    use: step.use,
    operation,
    ...(step.connection !== undefined && { connection: step.connection }),
    config,
    hasDefaults: JSON.stringify(operation.input).includes('"default":'),
    ...mapping(step.input),
    retry: { backoff: effectLimits.backoff.usual, ...step.retry, attempts: step.delivery === 'at-most-once' ? 1 : attemptsOf(step) },
    timeoutMs: step.timeoutMs ?? effectLimits.timeoutMs.usual,
    onError: step.onError ?? 'fail',
    atMostOnce: step.delivery === 'at-most-once',
    hasEffect: repeatOf(operation, config) !== 'read',
    ...learnedOutput(step, operation),
  };
}

function attemptsOf({ retry }: ActionStep): number {
  const { min, max, usual } = effectLimits.attempts;
  return Math.min(max, Math.max(min, retry?.attempts ?? usual));
}

/** What was learned about an output the operation leaves open; what is declared is checked as declared. */
function learnedOutput(step: TriggerStep | ActionStep, operation: Operation | undefined): { learned?: JsonSchema } {
  const described = step.schemas?.output;
  if (!described) return {};
  return { learned: operation && !isAnything(operation.output) ? mergeOpen(operation.output, described) : described };
}

const mapping = (document: MappingDocument | undefined): { input?: CompiledMapping } => (document ? { input: compileMapping(document) } : {});

function expression<N extends string>(name: N, given: Expression | undefined): { [K in N]?: CompiledExpression } {
  // One key of the given name, or none.
  return (given ? { [name]: compileExpression(given) } : {}) as { [K in N]?: CompiledExpression };
}
