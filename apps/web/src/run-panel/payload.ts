import type { Catalogue, Step } from '@weft/flow';
import { JsonTextError, parseJsonWithLimits, type Json } from '@weft/json-schema';
import { triggerOutput } from '../inspector/logic/trigger-output.ts';

/** Where the data of a test run comes from. Without a choice: the pinned sample, else the first, else made-up data. */
export type PayloadChoice =
  | { kind: 'sample'; index: number }
  /** A text the person pasted or wrote. */
  | { kind: 'pasted' }
  | { kind: 'run'; runId: string; startedAt: string; payload: Json };

export type ParsedPayload =
  | { ok: true; payload: Json }
  | { ok: false; reason: 'empty' | 'malformed' | 'refused'; message: string; line?: number; column?: number };

/** What somebody typed, as the trigger would give it. */
export function parsePayload(text: string, trigger: Step | undefined, catalogue: Catalogue): ParsedPayload {
  if (text.trim() === '') return { ok: false, reason: 'empty', message: '' };
  try {
    return { ok: true, payload: triggerOutput(trigger, catalogue, parseJsonWithLimits(text)) };
  } catch (error) {
    if (!(error instanceof JsonTextError)) throw error;
    return { ok: false, reason: error.code === 'malformed' ? 'malformed' : 'refused', message: error.message, ...placeIn(text, error.message) };
  }
}

/** The sample a test run takes by itself. */
export function usualSample(trigger: Step | undefined): number | undefined {
  if (!trigger?.samples?.length) return undefined;
  const index = trigger.pinned ?? 0;
  return index < trigger.samples.length ? index : 0;
}

/** Engines tell the place in their own words: as a position, or as line and column. */
function placeIn(text: string, message: string): { line?: number; column?: number } {
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? [];
  if (line !== undefined && column !== undefined) return { line: Number(line), column: Number(column) };
  const position = /position (\d+)/.exec(message)?.[1];
  const at = position === undefined ? (/end of (JSON|data)/i.test(message) ? text.length : undefined) : Number(position);
  if (at === undefined) return {};
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
