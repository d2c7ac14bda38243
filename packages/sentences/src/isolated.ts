/** Letters that are written from right to left, and marks that say which way a text runs. */
const mayTurn = /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFC]/;
const overrides = /[\u200E\u200F\u202A-\u202E\u2066\u2067]/g;
const [start, end] = ['\u2068', '\u2069'];

/**
 * A name as it stands in a sentence: one that is written from right to left, or has marks for it, is held together (U+2068 … U+2069), so
 * it never turns the words around it; marks that would turn them are left out. All other texts stay as they are.
 */
export function isolated(text: string): string {
  if (!mayTurn.test(text)) return text;
  const plain = text.replaceAll(overrides, '');
  // A sentence in a sentence: its names are held together already.
  if (plain.includes(start) && isBalanced(plain)) return plain;
  const bare = plain.replaceAll(start, '').replaceAll(end, '');
  return mayTurn.test(bare) ? `${start}${bare}${end}` : bare;
}

function isBalanced(text: string): boolean {
  let open = 0;
  for (const letter of text) {
    if (letter === start) open += 1;
    else if (letter === end && --open < 0) return false;
  }
  return open === 0;
}
