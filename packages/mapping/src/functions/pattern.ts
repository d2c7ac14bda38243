import { RE2JS } from 're2js';
import { MappingFault } from '../fault.ts';
import type { Run } from '../run.ts';
import { shorten } from './read-argument.ts';
import { say } from '../sentences.en.ts';

const maxPatternLength = 1000;
const maxCached = 200;
const cached = new Map<string, RE2JS>();

/**
 * A user's pattern, in time linear in the text: no input makes it hang.
 * @throws {MappingFault} for a pattern that is malformed or uses look-around or back references.
 */
function compilePattern(pattern: string): RE2JS {
  const known = cached.get(pattern);
  if (known) return known;
  const compiled = compile(pattern);
  if (cached.size >= maxCached) cached.clear();
  cached.set(pattern, compiled);
  return compiled;
}

/** Whether the pattern matches somewhere in the text. */
export const matchesPattern = (run: Run, text: string, pattern: string): boolean => matcherOf(run, text, pattern).find();

/** Every match replaced; in the replacement `$1` means the first group and `$$` a dollar sign. */
export function replaceMatches(run: Run, text: string, pattern: string, replacement: string): string {
  const matcher = matcherOf(run, text, pattern);
  const size = compilePattern(pattern).programSize();
  const parts = replacement.split(/(\$\$|\$\d)/);
  let made = '';
  let end = 0;
  while (matcher.find()) {
    // The next match is looked for in all that is left, and a pattern may have to look that far each time.
    run.mayWork(size * (text.length - end));
    const filled = parts.map((part) => (/^\$[\d$]$/.test(part) ? group(matcher, part) : part)).join('');
    made += text.slice(end, matcher.start()) + filled;
    end = matcher.end();
    if (made.length > run.limits.maxTextLength) break;
  }
  return run.text(made + text.slice(end));
}

function group(matcher: Matcher, reference: string): string {
  if (reference === '$$') return '$';
  const index = Number(reference[1]);
  return index <= matcher.groupCount() ? (matcher.group(index) ?? '') : reference;
}

/** Each character may meet each instruction of the pattern. @throws {MappingFault} for a text that would take too long to look through. */
function matcherOf(run: Run, text: string, pattern: string): Matcher {
  const compiled = compilePattern(pattern);
  const size = compiled.programSize();
  if (!run.mayWork(size * text.length)) {
    const max = Math.floor(run.maxSteps / size);
    throw new MappingFault('text_too_long', say('mapping.pattern.text', { pattern: shorten(pattern), length: text.length, max }), [pattern]);
  }
  return compiled.matcher(text);
}

type Matcher = ReturnType<RE2JS['matcher']>;

function compile(pattern: string): RE2JS {
  if (pattern.length > maxPatternLength) throw new MappingFault('bad_pattern', say('mapping.pattern.length', { max: maxPatternLength }));
  try {
    return RE2JS.compile(RE2JS.translateRegExp(pattern));
  } catch (refused) {
    if (!(refused instanceof Error)) throw refused;
    throw new MappingFault('bad_pattern', say('mapping.pattern.refused', { pattern: shorten(pattern) }), [pattern]);
  }
}
