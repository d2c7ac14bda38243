import { errorForAnswer } from '@weft/connector-sdk/author';
import { expect, it } from 'vitest';
import { saysWhatToDo } from './says-what-to-do.ts';

it.each([404, 403, 409, 422, 500, 504])('a message about an answer %i says what to do by itself', (status) => {
  const error = errorForAnswer({ status, headers: {}, body: new Uint8Array(), url: 'https://api.example.com/a' });
  expect(saysWhatToDo(error?.message ?? '')).toBe(true);
});

it.each([
  '“id” is required, and there is no value for it.',
  'The database refused the row: UNIQUE constraint failed: orders.id.',
  'api.example.com answered 429: it asks to slow down.',
])('one that only says what happened does not: %s', (message) => {
  expect(saysWhatToDo(message)).toBe(false);
});
