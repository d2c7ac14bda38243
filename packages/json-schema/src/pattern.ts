import { RE2JS } from 're2js';

const maxPatternLength = 10_000;
const cached = new Map<string, RE2JS | undefined>();

/**
 * Whether a text matches the pattern of a schema, in time linear in the text: patterns come from users.
 * @returns true where the pattern cannot be run in linear time (look-around, back references): such a pattern is not checked.
 */
export function matchesPattern(pattern: string, value: string): boolean {
  return compiled(pattern)?.matcher(value).find() ?? true;
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
