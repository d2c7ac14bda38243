import { RE2JS } from 're2js';

const maxPatternLength = 10_000;

/**
 * What matching may cost: instructions of a compiled pattern times characters of a text, as each character may meet every instruction.
 * A twentieth of a second for most patterns, a third for the worst; nobody else has a turn meanwhile.
 */
export const maxPatternWork = 12_000_000;
/** Of all patterns that one value is checked against. */
const maxWorkOfValue = 2 * maxPatternWork;
let workOfValue = 0;

/** Another value is checked from here on, with however many patterns it meets. */
export function renewPatternBudget(): void {
  workOfValue = 0;
}
const cached = new Map<string, RE2JS | undefined>();

/**
 * Whether a text matches the pattern of a schema, in time linear in the text: patterns come from users.
 * @returns true where the pattern cannot be run in linear time (look-around, back references): such a pattern is not checked. False for a
 * text that is too long to be looked through with it.
 */
export function matchesPattern(pattern: string, value: string): boolean {
  const program = compiled(pattern);
  if (!program) return true;
  return !isTooLong(program, value) && program.matcher(value).find();
}

/** Whether the pattern would take too long to look through the text, by itself. */
export function isTooLongForPattern(pattern: string, value: string): boolean {
  const program = compiled(pattern);
  return program !== undefined && program.programSize() * value.length > maxPatternWork;
}

function isTooLong(program: RE2JS, value: string): boolean {
  const work = program.programSize() * value.length;
  workOfValue += work;
  return work > maxPatternWork || workOfValue > maxWorkOfValue;
}

/** Whether the pattern can be checked at all. */
export function canCompile(pattern: string): boolean {
  return compiled(pattern) !== undefined;
}

function compiled(pattern: string): RE2JS | undefined {
  if (!cached.has(pattern)) {
    if (cached.size >= 1000) cached.clear();
    cached.set(pattern, compile(pattern));
  }
  return cached.get(pattern);
}

function compile(pattern: string): RE2JS | undefined {
  if (pattern.length > maxPatternLength) return undefined;
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (refused) {
    if (refused instanceof Error) return undefined;
    throw refused;
  }
}
