import { expect, it } from 'vitest';
import { defined } from './defined.ts';

it('leaves out what is undefined and nothing else, in the order in which it was written', () => {
  const made = defined({ b: 1, a: undefined, none: null, empty: '', zero: 0, no: false, list: [] });
  expect(Object.keys(made)).toEqual(['b', 'none', 'empty', 'zero', 'no', 'list']);
});

it('takes back a field that an object before it had', () => {
  const old = { title: 'Old', kept: 1 };
  expect(defined({ ...old, title: undefined })).toStrictEqual({ kept: 1 });
});
