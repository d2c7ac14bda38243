import type { Answer, JournalEntry, Warning } from '@weft/engine';
import { isObject, type Json, type JsonObject, jsonText } from '@weft/json-schema';
import { readStored } from '../../db/read-stored.ts';
import { maxInlineBytes, type LargeRef, LargeValue } from '../../blobs/large-values.ts';
import { type SealedFields, unsealed } from '../../vault/sealed-fields.ts';
import type { ArchivedAnswer, ArchivedEntry } from '../run-archive.ts';

/**
 * Entries and answer of one commit as they lie in a row. Steps mostly pass on the very same objects: a step's output is the
 * next one's input, and part of the answer. An object that stands elsewhere in the run's row is stored once and named by reference.
 */
interface StoredEntry extends Omit<JournalEntry, 'input' | 'output' | 'warnings'> {
  /** Texts in journals of earlier versions. */
  warnings?: (Warning | string)[];
  input?: Json;
  output?: Json;
  /** In a file of its own. */
  inputLarge?: LargeRef;
  outputLarge?: LargeRef;
  inputIs?: Reference;
  outputIs?: Reference;
  inputParts?: Record<string, Reference>;
  outputParts?: Record<string, Reference>;
}

interface StoredAnswer extends Omit<Answer, 'body'> {
  body?: Json;
  bodyIs?: Reference;
  bodyLarge?: LargeRef;
}

/** Puts a large text into a file, inside the commit. */
type Keep = (text: string) => LargeRef;
/** What a file holds, or what stands for it. */
type ReadLarge = (ref: LargeRef) => Json | LargeValue;

const unread: ReadLarge = (ref) => new LargeValue(ref);

/** The payload, or the output of an earlier entry of the same row; with a key, that part of it. */
type Reference = [source: 'payload' | number, key?: string];
type References = Map<Json, Reference>;

export interface StoredCommit {
  /** JSON text. */
  entries: string;
  answer: string | null;
  /** For the entries that follow in the same row. */
  earlier: EarlierEntries;
}

/** What stands in a row already, so that more entries of it can refer to that. */
export interface EarlierEntries {
  known: ReadonlyMap<Json, Reference>;
  count: number;
}

/** A larger value would be too much for a row and for the run view; outputs of operations are limited far below. */
const maxLength = 64 << 20;
/** Objects with more fields are data of their own, whose parts are seldom passed on. */
const maxParts = 16;

export interface CommitParts {
  answer?: Answer | undefined;
  /** For values beyond the inline limit; without it they stay in the row. */
  keep?: Keep | undefined;
  /** What the row holds already; the new entries are to be appended to that. */
  after?: EarlierEntries | undefined;
  /** How secrets are kept. Default: as they are. */
  sealed?: SealedFields | undefined;
}

/** @returns texts that decodeEntries and decodeAnswer read back with the same payload. */
export function encodeCommit(entries: readonly JournalEntry[], payload: Json, { answer, keep, after, sealed = unsealed }: CommitParts = {}): StoredCommit {
  // Its own copy: a commit that fails is encoded once more.
  const known: References = new Map(after?.known);
  if (!after) remember(known, payload, 'payload');
  let count = after?.count ?? 0;
  let text = '';
  for (const entry of entries) {
    text += text === '' ? entryText(entry, known, keep) : `,${entryText(entry, known, keep)}`;
    remember(known, entry.output, count);
    count += 1;
  }
  return { entries: sealed.seal(`[${text}]`), answer: answer ? sealed.seal(answerText(answer, known, keep)) : null, earlier: { known, count } };
}

export interface DecodeParts {
  /** What large values become: read at once, or left as placeholders (default). */
  read?: ReadLarge;
  /** As in `CommitParts`. */
  sealed?: SealedFields;
}

export function decodeEntries(text: string, payload: Json | LargeValue, { read = unread, sealed = unsealed }: DecodeParts = {}): ArchivedEntry[] {
  // Written by encodeCommit only.
  const stored = readStored<StoredEntry[]>(sealed.open(text));
  const entries: ArchivedEntry[] = [];
  for (const { inputIs, outputIs, inputParts, outputParts, inputLarge, outputLarge, warnings, ...facts } of stored) {
    const entry: ArchivedEntry = facts;
    if (warnings) entry.warnings = warnings.map((warning) => (typeof warning === 'string' ? { message: warning } : warning));
    if (inputLarge) entry.input = read(inputLarge);
    if (outputLarge) entry.output = read(outputLarge);
    if (inputIs) entry.input = referenced(inputIs, payload, entries);
    if (outputIs) entry.output = referenced(outputIs, payload, entries);
    if (inputParts) entry.input = withParts(entry.input, inputParts, payload, entries);
    if (outputParts) entry.output = withParts(entry.output, outputParts, payload, entries);
    entries.push(entry);
  }
  return entries;
}

/** @param entries - of the same row. */
export function decodeAnswer(
  text: string,
  payload: Json | LargeValue,
  entries: readonly ArchivedEntry[],
  { read = unread, sealed = unsealed }: DecodeParts = {},
): ArchivedAnswer {
  // Written by encodeCommit only.
  const { bodyIs, bodyLarge, ...answer } = readStored<StoredAnswer>(sealed.open(text));
  return { ...answer, body: bodyIs ? referenced(bodyIs, payload, entries) : bodyLarge ? read(bodyLarge) : answer.body };
}

function entryText(entry: JournalEntry, known: References, keep?: Keep): string {
  const { input, output, ...facts } = entry;
  const values = valueText('input', input, known, keep) + valueText('output', output, known, keep);
  if (values.length > maxLength) return JSON.stringify({ ...facts, warnings: [...(facts.warnings ?? []), { message: tooLarge }] });
  return `${JSON.stringify(facts).slice(0, -1)}${values}}`;
}

const tooLarge = `The values of this step are larger than ${maxLength >> 20} MB, so they were not kept. Hand on less at once.`;

/** A value as further fields of the entry: whole, by reference, with references in place of some of its parts, or by its file. */
function valueText(name: 'input' | 'output', value: Json | undefined, known: References, keep?: Keep): string {
  if (value === undefined) return '';
  if (typeof value !== 'object' || value === null) return wholeText(name, JSON.stringify(value), keep);
  const reference = known.get(value);
  if (reference) return `,"${name}Is":${JSON.stringify(reference)}`;
  const parts = isObject(value) ? knownParts(value, known) : undefined;
  if (!parts) return wholeText(name, jsonText(value), keep);
  const rest = Object.fromEntries(Object.entries(value).filter(([key]) => !Object.hasOwn(parts, key)));
  return `${wholeText(name, JSON.stringify(rest), keep)},"${name}Parts":${JSON.stringify(parts)}`;
}

function wholeText(name: string, text: string, keep?: Keep): string {
  return keep && text.length > maxInlineBytes && text.length <= maxLength ? `,"${name}Large":${JSON.stringify(keep(text))}` : `,"${name}":${text}`;
}

function knownParts(value: JsonObject, known: References): Record<string, Reference> | undefined {
  const keys = Object.keys(value);
  if (keys.length > maxParts) return undefined;
  let parts: Record<string, Reference> | undefined;
  for (const key of keys) {
    const part = value[key];
    const reference = typeof part === 'object' && part !== null ? known.get(part) : undefined;
    if (reference && key !== '__proto__') (parts ??= {})[key] = reference;
  }
  return parts;
}

function answerText({ body, ...rest }: Answer, known: References, keep?: Keep): string {
  const bodyIs = typeof body === 'object' && body !== null ? known.get(body) : undefined;
  if (bodyIs) return JSON.stringify({ ...rest, bodyIs });
  if (body === undefined) return JSON.stringify(rest);
  return `${JSON.stringify(rest).slice(0, -1)}${wholeText('body', jsonText(body), keep)}}`;
}

function remember(known: References, value: Json | undefined, source: Reference[0]): void {
  if (typeof value !== 'object' || value === null) return;
  if (!known.has(value)) known.set(value, [source]);
  if (!isObject(value)) return;
  const keys = Object.keys(value);
  if (keys.length > maxParts) return;
  for (const key of keys) {
    const part = value[key];
    if (typeof part === 'object' && part !== null && !known.has(part)) known.set(part, [source, key]);
  }
}

function referenced([source, key]: Reference, payload: Json | LargeValue, entries: readonly ArchivedEntry[]): Json | LargeValue | undefined {
  const value = source === 'payload' ? payload : entries[source]?.output;
  if (key === undefined) return value;
  if (value instanceof LargeValue) return value.part(key);
  return isObject(value) ? value[key] : value;
}

function withParts(
  value: Json | LargeValue | undefined,
  parts: Record<string, Reference>,
  payload: Json | LargeValue,
  entries: readonly ArchivedEntry[],
): Json | LargeValue {
  // A value in a file of its own is shown as a whole, on request.
  if (value instanceof LargeValue) return value;
  const whole: JsonObject = isObject(value) ? value : {};
  for (const [key, reference] of Object.entries(parts)) {
    const part = referenced(reference, payload, entries) ?? null;
    whole[key] = part instanceof LargeValue ? placeholderOf(part) : part;
  }
  return whole;
}

/** A part that stands elsewhere in the run, too large to be repeated. */
const placeholderOf = ({ sizeBytes }: LargeValue): string => `(${Math.ceil(sizeBytes / 1024).toLocaleString('en')} kB; see the step that gave it)`;
