import type { Answer, JournalEntry } from '@weft/engine';
import { isObject, type Json, type JsonObject } from '@weft/json-schema';
import { jsonText } from '../json-text.ts';

/**
 * Entries and answer of one commit as they lie in a row. What a run hands on is mostly the very same objects: a step's output is the
 * next one's input, and part of the answer. An object that stands elsewhere in the run's row is stored once and named by reference.
 */
interface StoredEntry extends Omit<JournalEntry, 'input' | 'output'> {
  input?: Json;
  output?: Json;
  inputIs?: Reference;
  outputIs?: Reference;
  inputParts?: Record<string, Reference>;
  outputParts?: Record<string, Reference>;
}

interface StoredAnswer extends Omit<Answer, 'body'> {
  body?: Json;
  bodyIs?: Reference;
}

/** The payload, or the output of an earlier entry of the same commit; with a key, that part of it. */
type Reference = [source: 'payload' | number, key?: string];
type References = Map<Json, Reference>;

export interface StoredCommit {
  /** JSON text. */
  entries: string;
  answer: string | null;
}

/** A larger value would be too much for a row, and for whoever opens the run; steps that call something are stopped far below. */
const mostLength = 64 << 20;
/** Objects with more fields are data of their own, whose parts are seldom handed on. */
const mostParts = 16;

/** @returns texts that decodeEntries and decodeAnswer read back with the same payload. */
export function encodeCommit(entries: readonly JournalEntry[], payload: Json, answer?: Answer): StoredCommit {
  const known: References = new Map();
  remember(known, payload, 'payload');
  let text = '[';
  for (const [index, entry] of entries.entries()) {
    text += index === 0 ? entryText(entry, known) : `,${entryText(entry, known)}`;
    remember(known, entry.output, index);
  }
  return { entries: `${text}]`, answer: answer ? answerText(answer, known) : null };
}

export function decodeEntries(text: string, payload: Json): JournalEntry[] {
  // Written by encodeCommit only.
  const stored = JSON.parse(text) as StoredEntry[];
  const entries: JournalEntry[] = [];
  for (const { inputIs, outputIs, inputParts, outputParts, ...entry } of stored) {
    if (inputIs) entry.input = referenced(inputIs, payload, entries);
    if (outputIs) entry.output = referenced(outputIs, payload, entries);
    if (inputParts) entry.input = withParts(entry.input, inputParts, payload, entries);
    if (outputParts) entry.output = withParts(entry.output, outputParts, payload, entries);
    entries.push(entry);
  }
  return entries;
}

/** @param entries - of the same commit. */
export function decodeAnswer(text: string, payload: Json, entries: readonly JournalEntry[]): Answer {
  // Written by encodeCommit only.
  const { bodyIs, ...answer } = JSON.parse(text) as StoredAnswer;
  return { ...answer, body: bodyIs ? referenced(bodyIs, payload, entries) : answer.body };
}

function entryText(entry: JournalEntry, known: References): string {
  const { input, output, ...facts } = entry;
  const values = valueText('input', input, known) + valueText('output', output, known);
  if (values.length > mostLength) return JSON.stringify({ ...facts, warnings: [...(facts.warnings ?? []), tooLarge] });
  return `${JSON.stringify(facts).slice(0, -1)}${values}}`;
}

const tooLarge = `The values of this step are larger than ${mostLength >> 20} MB, so they were not kept. Hand on less at once.`;

/** A value as further fields of the entry: whole, by reference, or with references in place of some of its parts. */
function valueText(name: 'input' | 'output', value: Json | undefined, known: References): string {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null) return `,"${name}":${JSON.stringify(value)}`;
  const reference = known.get(value);
  if (reference) return `,"${name}Is":${JSON.stringify(reference)}`;
  const parts = isObject(value) ? knownParts(value, known) : undefined;
  if (!parts) return `,"${name}":${jsonText(value)}`;
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => !Object.hasOwn(parts, key)));
  return `,"${name}":${JSON.stringify(rest)},"${name}Parts":${JSON.stringify(parts)}`;
}

function knownParts(value: JsonObject, known: References): Record<string, Reference> | undefined {
  const keys = Object.keys(value);
  if (keys.length > mostParts) return undefined;
  let parts: Record<string, Reference> | undefined;
  for (const key of keys) {
    const part = value[key];
    const reference = typeof part === 'object' && part !== null ? known.get(part) : undefined;
    if (reference && key !== '__proto__') (parts ??= {})[key] = reference;
  }
  return parts;
}

function answerText({ body, ...rest }: Answer, known: References): string {
  const bodyIs = typeof body === 'object' && body !== null ? known.get(body) : undefined;
  return JSON.stringify(bodyIs ? { ...rest, bodyIs } : { ...rest, body });
}

function remember(known: References, value: Json | undefined, source: Reference[0]): void {
  if (typeof value !== 'object' || value === null) return;
  if (!known.has(value)) known.set(value, [source]);
  if (!isObject(value)) return;
  const keys = Object.keys(value);
  if (keys.length > mostParts) return;
  for (const key of keys) {
    const part = value[key];
    if (typeof part === 'object' && part !== null && !known.has(part)) known.set(part, [source, key]);
  }
}

function referenced([source, key]: Reference, payload: Json, entries: readonly JournalEntry[]): Json | undefined {
  const value = source === 'payload' ? payload : entries[source]?.output;
  return key === undefined || !isObject(value) ? value : value[key];
}

function withParts(value: Json | undefined, parts: Record<string, Reference>, payload: Json, entries: readonly JournalEntry[]): Json {
  const whole: JsonObject = isObject(value) ? value : {};
  for (const [key, reference] of Object.entries(parts)) whole[key] = referenced(reference, payload, entries) ?? null;
  return whole;
}
