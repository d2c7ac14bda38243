import { isObject, type SchemaIssue } from '@weft/json-schema';
import { isRefused, list, may, measure, must, number, object, oneOf, or, record, refuse, slug, text, type Read, type ReadIssue } from '@weft/json-schema/read';
import { say } from '../sentences.en.ts';
import type { ConcurrencySettings, Edge, FlowDocument, FlowSettings, Note, RetentionSettings } from '../document.ts';
import { maxRetired } from '../edit/unique-step-id.ts';
import { step } from './step.ts';
import { flowFormat, upgradeFlow } from './upgrade.ts';

/** What a document may hold at most; far above what a person draws, low enough that a hostile one costs little. */
export const flowLimits = { maxBytes: 5 * 1024 * 1024, maxDepth: 256, maxSteps: 2_000, maxEdges: 10_000, maxNotes: 500 };

const maxIssues = 100;

/**
 * Reads an untrusted value as a flow: a draft that is saved, an import, a clipboard. Older formats are brought up,
 * unknown keys dropped. It refuses only what cannot be a flow at all, or is larger than any: what somebody typed and a flow may not
 * have (a title without an end, a name that cannot be one) is kept, and is `problems`' to say, so a draft can always be saved.
 * @returns a fresh document that shares nothing with the value, or the reasons why it is refused (at most 100).
 */
export function parseFlow(value: unknown): ParsedFlow {
  const reading = readInParts(value);
  for (;;) {
    const part = reading.next();
    if (part.done) return part.value;
  }
}

/** The same for a thread that others wait for. @param rest - lets them have their turn. */
export async function parseFlowInTurns(value: unknown, rest: () => Promise<void>): Promise<ParsedFlow> {
  const reading = readInParts(value);
  for (;;) {
    const part = reading.next();
    if (part.done) return part.value;
    await rest();
  }
}

export type ParsedFlow = { flow: FlowDocument } | { issues: SchemaIssue[] };

/** So many steps are read before others have their turn. */
const stepsOfPart = 200;

function* readInParts(value: unknown): Generator<void, ParsedFlow> {
  const refused = measure(value, { ...flowLimits, advice: say('flow.read.fewerSamples') });
  if (refused) return { issues: [refused] };
  if (!isObject(value)) return { issues: [{ path: [], keyword: 'type', ...say('flow.read.noFlow') }] };
  const upgraded = upgradeFlow(value);
  if ('issue' in upgraded) return { issues: [upgraded.issue] };
  const issues: ReadIssue[] = [];
  const given = upgraded.document['steps'];
  const entries = isObject(given) ? Object.entries(given) : [];
  if (entries.length <= stepsOfPart || entries.length > flowLimits.maxSteps) return parsed(document(upgraded.document, [], issues), issues);
  const steps: FlowDocument['steps'] = {};
  for (let at = 0; at < entries.length; at += stepsOfPart) {
    yield;
    Object.assign(steps, readSteps(Object.fromEntries(entries.slice(at, at + stepsOfPart)), ['steps'], issues));
  }
  yield;
  const flow = document({ ...upgraded.document, steps: {} }, [], issues);
  return parsed(flow && { ...flow, steps }, issues);
}

function parsed(flow: FlowDocument | undefined, issues: readonly ReadIssue[]): ParsedFlow {
  const refusals = issues.filter(isRefused);
  return flow && refusals.length === 0 ? { flow } : { issues: refusals.slice(0, maxIssues) };
}

/** What the flow itself, its steps left out, may not have. */
export function flowIssues({ title, description, settings: given, notes }: FlowDocument): ReadIssue[] {
  const issues: ReadIssue[] = [];
  object<Pick<FlowDocument, 'title' | 'description' | 'settings' | 'notes'>>(ownShape)({ title, description, settings: given, notes }, [], issues);
  return issues;
}

const coordinate = number(-1_000_000, 1_000_000);

const point: Read<[number, number]> = (value, path, issues) => {
  const numbers = list(coordinate, 2)(value, path, issues);
  const [x, y] = numbers ?? [];
  return x === undefined || y === undefined ? refuse(issues, path, 'type', say('flow.read.place')) : [x, y];
};

const edgeStart: Read<[string, string]> = (value, path, issues) => {
  const [stepId, port] = list(slug, 2)(value, path, issues) ?? [];
  return stepId === undefined || port === undefined
    ? refuse(issues, path, 'type', say('flow.read.port'))
    : [stepId, port];
};

const note = object<Note>({
  id: must(slug),
  text: or(text(20_000), () => ''),
  at: must(point),
  size: may(point),
});

const settings = object<FlowSettings>({
  timezone: may(text(100)),
  concurrency: may(object<ConcurrencySettings>({ limit: may(number(1, 1_000, true)), key: may(list(text(1_000), 64)) })),
  runTitle: may(list(text(1_000), 64)),
  retention: may(object<RetentionSettings>({ days: may(number(1, 3_650, true)), runs: may(number(1, 10_000_000, true)) })),
});

const ownShape = {
  title: or(text(500), () => 'Untitled flow'),
  description: may(text(20_000)),
  settings: may(settings),
  notes: or(list(note, flowLimits.maxNotes), () => []),
};

const readSteps = record(step, flowLimits.maxSteps, slug);

const document = object<FlowDocument>({
  ...ownShape,
  format: must(oneOf(flowFormat)),
  steps: or(readSteps, () => ({})),
  edges: or(list(object<Edge>({ from: must(edgeStart), to: must(slug) }), flowLimits.maxEdges), () => []),
  layout: or(record(point, flowLimits.maxSteps * 2, slug), () => ({})),
  retired: may(list(text(1_000), maxRetired)),
});
