import { textOf, type Codec } from './codec.ts';

const date = '[0-9]{4,}-[0-9]{2}-[0-9]{2}';
const clock = '[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]+)?';
const offset = '(?:Z|[+-][0-9]{2}(?::[0-9]{2}){0,2})';
const era = '(?: BC)?';

/** A day, in no zone; `infinity` and years before Christ included. */
export const day: Codec<string> = {
  read: (text) => text,
  write: textOf,
  schema: { type: 'string', pattern: `^(?:${date}${era}|-?infinity)$`, examples: ['2026-03-29'] },
};

/** Date and time as a clock on the wall shows them: no zone is added, every digit is kept. */
export const wallTime: Codec<string> = {
  read: (text) => (text.charAt(10) === ' ' ? `${text.slice(0, 10)}T${text.slice(11)}` : text.replace(/^(\d+-\d\d-\d\d) /, '$1T')),
  write: textOf,
  schema: { type: 'string', pattern: `^(?:${date}T${clock}${era}|-?infinity)$`, examples: ['2026-03-29T02:30:00'] },
  takes: { type: 'string', examples: ['2026-03-29T02:30:00'] },
};

/** A point in time. The session's zone is UTC, so it ends in Z; every digit is kept. */
export const instant: Codec<string> = {
  read: (text) => (text.endsWith('+00') && text.charAt(10) === ' ' ? `${text.slice(0, 10)}T${text.slice(11, -3)}Z` : text.replace(otherInstant, spelt)),
  write: textOf,
  schema: { type: 'string', pattern: `^(?:${date}T${clock}${offset}${era}|-?infinity)$`, examples: ['2026-03-29T00:30:00Z'] },
  takes: { type: 'string', examples: ['2026-03-29T00:30:00Z'] },
};

const otherInstant = /^(\d+-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)((?::\d\d)*)( BC)?$/;

const spelt = (_whole: string, day: string, time: string, hours: string, rest: string, era = ''): string =>
  `${day}T${time}${hours === '+00' && rest === '' ? 'Z' : `${hours}${rest || ':00'}`}${era}`;

export const timeOfDay: Codec<string> = {
  read: (text) => text,
  write: textOf,
  schema: { type: 'string', pattern: `^${clock}${offset}?$`, examples: ['02:30:00'] },
  takes: { type: 'string', examples: ['02:30:00'] },
};

/** ISO 8601, as the session's `intervalstyle` says; parts may be negative. */
export const duration: Codec<string> = {
  read: (text) => text,
  write: textOf,
  schema: { type: 'string', pattern: '^(?:P[-0-9.YMWDTHS]+|-?infinity)$', examples: ['P1DT2H'] },
  takes: { type: 'string', examples: ['P1DT2H'] },
};
