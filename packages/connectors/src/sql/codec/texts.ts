import { textOf, type Codec } from './codec.ts';

/** Whatever else the server writes as a text and reads back: names, addresses, ranges, points, types of the database's own. */
export const text: Codec<string> = {
  read: (held) => held,
  write: textOf,
  schema: { type: 'string' },
  takes: { type: ['string', 'number', 'boolean'] },
};

export const uuid: Codec<string> = { read: (held) => held, write: textOf, schema: { type: 'string', format: 'uuid' } };
