import type { Json } from './json.ts';

/**
 * Whether a value written as JSON would be about larger than this; stops counting as soon as it is. Texts count their UTF-16
 * units, so the answer is an estimate on the low side for texts outside ASCII.
 */
export function exceedsBytes(value: Json | undefined, limitBytes: number): boolean {
  let bytes = 0;
  const pending: (Json | undefined)[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === 'string') bytes += next.length + 2;
    else if (Array.isArray(next)) {
      bytes += 2 + next.length;
      for (const item of next) pending.push(item);
    } else if (typeof next === 'object' && next !== null) {
      for (const name in next) {
        bytes += name.length + 4;
        pending.push(next[name]);
      }
    } else bytes += 4;
    if (bytes > limitBytes) return true;
  }
  return false;
}
