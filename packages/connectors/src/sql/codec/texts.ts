import { textOf, UnfitValue, type Codec } from './codec.ts';
import { quotedValue } from './spelt-numbers.ts';

/** Whatever else the server writes as a text and reads back: names, addresses, ranges, points, types of the database's own. */
export const text: Codec<string> = {
  read: (held) => held,
  write: textOf,
  schema: { type: 'string' },
  takes: { type: ['string', 'number', 'boolean'] },
};

/** Never cut: blanks at the end are what the server would cut in silence. */
export const textUpTo = (most: number): Codec<string> => ({
  ...text,
  write(value) {
    const written = textOf(value);
    // Characters are never more than their code units.
    if (written.length <= most) return written;
    const length = [...written].length;
    if (length > most) throw new UnfitValue(`takes up to ${most} characters, and ${quotedValue(value)} has ${length}.`);
    return written;
  },
});

export const uuid: Codec<string> = { read: (held) => held, write: textOf, schema: { type: 'string', format: 'uuid' } };
