import { isObject, type JsonSchema } from '@weft/json-schema';
import { json, jsonObject, list, may, must, number, object, oneOf, or, refuse, slug, text, type Read, type Shape } from '@weft/json-schema/read';
import { readExpression, readMapping } from '@weft/mapping';
import type { ApprovalStep, BranchStep, OperationRef, RetryPolicy, Sample, SignalSender, Step, StepKind, StepOf, StreamSource } from '../document.ts';
import { effectLimits } from '../effects/effect-limits.ts';

// A schema is data until a validator compiles it; the toolkit ignores keywords that it does not know.
const schema: Read<JsonSchema> = (value, path, issues) => jsonObject(value, path, issues) as JsonSchema | undefined;

const samples = list(object<Sample>({ title: or(text(500), () => 'Sample'), output: must(json) }), 50);

const base = {
  title: or(text(500), () => ''),
  in: may(slug),
  note: may(text(20_000)),
  schemas: may(object<NonNullable<Step['schemas']>>({ input: may(schema), output: may(schema) })),
  samples: may(samples),
  pinned: may(number(0, 49, true)),
};

/** Ten years. */
const longestWaitMs = 10 * 366 * 86_400_000;

const use = object<OperationRef>({ connector: must(text(100)), version: must(text(100)), operation: must(text(100)) });
const connection = text(200);

const source = object<StreamSource>({
  use: must(use),
  config: may(jsonObject),
  connection: may(connection),
  input: may(readMapping),
  record: may(schema),
  samples: may(samples),
});

const sender = object<SignalSender>({ use: must(use), config: may(jsonObject), connection: may(connection) });

/** A whole number within its bounds. */
const within = ({ min, max }: { min: number; max: number }) => number(min, max, true);

const effects = {
  retry: may(
    object<RetryPolicy>({
      attempts: must(within(effectLimits.attempts)),
      backoff: or(oneOf('fixed', 'exponential'), () => effectLimits.backoff.usual),
      delayMs: may(within(effectLimits.delayMs)),
    }),
  ),
  timeoutMs: may(within(effectLimits.timeoutMs)),
  onError: may(oneOf('fail', 'continue', 'port')),
};

const branchCase = object<BranchStep['cases'][number]>({
  id: must((value, path, issues) =>
    value === 'else' ? refuse(issues, path, 'name', 'cannot be "else": that is the way for all others') : slug(value, path, issues),
  ),
  title: or(text(500), () => ''),
  condition: may(readExpression),
});

const cases: Read<BranchStep['cases']> = (value, path, issues) => {
  const read = list(branchCase, 100)(value, path, issues);
  const twice = read?.find(({ id }, at) => read.findIndex((other) => other.id === id) !== at);
  return twice ? refuse(issues, path, 'unique', `has two cases with the id "${twice.id}"`) : read;
};

const assignees = object<ApprovalStep['assignees']>({
  users: or(list(text(200), 100), () => []),
  roles: or(list(oneOf('owner', 'member'), 2), () => []),
});

/** What each kind has besides its kind. */
const shapes: { [K in StepKind]: Shape<Omit<StepOf<K>, 'kind'>> } = {
  trigger: { ...base, use: must(use), config: may(jsonObject), connection: may(connection) },
  action: { ...base, ...effects, delivery: may(oneOf('at-least-once', 'at-most-once')), use: must(use), config: may(jsonObject), connection: may(connection), input: may(readMapping) },
  transform: { ...base, ...effects, input: may(readMapping) },
  filter: { ...base, condition: may(readExpression) },
  branch: { ...base, cases: or(cases, () => []) },
  forEach: {
    ...base,
    items: may(readExpression),
    source: may(source),
    batchSize: may(number(1, 10_000, true)),
    as: must(slug),
    concurrency: may(number(1, 50, true)),
    onItemError: may(oneOf('stop', 'skip', 'collect')),
    collect: may(readExpression),
  },
  respond: { ...base, input: may(readMapping) },
  wait: {
    ...base,
    mode: or(oneOf('duration', 'date', 'signal'), () => 'duration'),
    durationMs: may(number(0, longestWaitMs, true)),
    date: may(readExpression),
    key: may(readExpression),
    timeoutMs: may(number(1, longestWaitMs, true)),
    sender: may(sender),
  },
  approval: {
    ...base,
    question: or(text(2_000), () => ''),
    assignees: or(assignees, () => ({ users: [], roles: [] })),
    input: may(readMapping),
    timeoutMs: may(number(1, longestWaitMs, true)),
    onTimeout: may(oneOf('reject', 'approve', 'fail')),
  },
  subflow: { ...base, onError: effects.onError, flow: or(text(100), () => ''), version: may(number(1, 1_000_000_000, true)), input: may(readMapping) },
  stop: { ...base, outcome: may(oneOf('succeeded', 'failed')), message: may(text(2_000)) },
};

const kinds = Object.keys(shapes) as StepKind[];

export const step: Read<Step> = (value, path, issues) => {
  if (!isObject(value)) return refuse(issues, path, 'type', 'must be a step');
  const kind = oneOf(...kinds)(value['kind'], [...path, 'kind'], issues);
  if (kind === undefined) return undefined;
  const rest = object(shapes[kind] as Shape<object>)(value, path, issues);
  // The shape was looked up by the kind that is added here.
  return rest && ({ kind, ...rest } as Step);
};
