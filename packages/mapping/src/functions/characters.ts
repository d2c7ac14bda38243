/**
 * The part of a text from one character to another, counted as people count them: 🧺 is one character and never cut in half, which no file,
 * database or mail could hold.
 * @param from - 0 for the first; negative ones count from the end.
 */
export function sliceCharacters(text: string, from: number, count?: number): string {
  const hasPairs = /[\ud800-\udbff]/.test(text);
  const characters = hasPairs ? Array.from(text) : text;
  const begin = from < 0 ? Math.max(0, characters.length + from) : from;
  const part = characters.slice(begin, count === undefined ? undefined : begin + Math.max(0, count));
  return typeof part === 'string' ? part : part.join('');
}

/** How many characters there are, counted likewise. */
export function countCharacters(text: string): number {
  let count = text.length;
  for (let at = 0; at < text.length - 1; at += 1) if ((text.codePointAt(at) ?? 0) > 0xffff) count -= 1;
  return count;
}
