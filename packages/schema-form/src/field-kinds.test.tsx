// @vitest-environment jsdom
import type { Json, JsonObject, JsonSchema } from '@weft/json-schema';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { isValidForm, SchemaForm } from './index.ts';

afterEach(cleanup);

/** A form of a schema as a host keeps it. @returns what the host has. */
function show(schema: JsonSchema, initial: JsonObject = {}): () => JsonObject {
  let current = initial;
  function Host() {
    const [value, setValue] = useState(initial);
    const keep = (next: JsonObject): void => {
      current = next;
      setValue(next);
    };
    return <SchemaForm schema={schema} value={value} onChange={keep} />;
  }
  render(<Host />);
  return () => current;
}

/** One field called `Field`. */
const one = (schema: JsonSchema): JsonSchema => ({ type: 'object', properties: { field: { title: 'Field', ...schema } } });
const control = (name = 'Field'): HTMLElement => screen.getByLabelText(name);
const type = (text: string, name?: string): void => void fireEvent.change(control(name), { target: { value: text } });
const errors = (): (string | null)[] => screen.queryAllByRole('alert').map(({ textContent }) => textContent);
const press = (name: string | RegExp): void => void fireEvent.click(screen.getByRole('button', { name }));

interface Case {
  kind: string;
  schema: JsonSchema;
  /** What is typed, and what the host has then. */
  good: [typed: string, value: Json];
  /** What is typed, and what is said of it. Left out where nothing that is typed is wrong. */
  bad?: [typed: string, said: RegExp];
}

const cases: Case[] = [
  { kind: 'a text', schema: { type: 'string' }, good: ['Ålesund 東京 🙂', 'Ålesund 東京 🙂'] },
  { kind: 'a short text', schema: { type: 'string', maxLength: 3 }, good: ['abc', 'abc'], bad: ['abcd', /3/] },
  { kind: 'a text that is long enough', schema: { type: 'string', minLength: 2 }, good: ['ab', 'ab'], bad: ['a', /2/] },
  { kind: 'a text of a pattern', schema: { type: 'string', pattern: '^[a-z-]+$' }, good: ['order-new', 'order-new'], bad: ['Order New', /./] },
  { kind: 'an e-mail address', schema: { type: 'string', format: 'email' }, good: ['ada@example.com', 'ada@example.com'], bad: ['ada@', /e-mail/i] },
  { kind: 'an address on the web', schema: { type: 'string', format: 'uri' }, good: ['https://example.com/a', 'https://example.com/a'], bad: ['example', /./] },
  { kind: 'a date', schema: { type: 'string', format: 'date' }, good: ['2026-02-28', '2026-02-28'] },
  { kind: 'a moment', schema: { type: 'string', format: 'date-time' }, good: ['2026-02-28T10:00:00Z', '2026-02-28T10:00:00Z'], bad: ['tomorrow', /./] },
  { kind: 'a text of a format that nobody knows', schema: { type: 'string', format: 'shoe-size' }, good: ['43', '43'] },
  { kind: 'lines', schema: { type: 'string', 'x-widget': 'textarea' }, good: ['one\ntwo', 'one\ntwo'] },
  { kind: 'code', schema: { type: 'string', 'x-widget': 'code' }, good: ['SELECT 1', 'SELECT 1'] },
  { kind: 'a secret', schema: { type: 'string', 'x-secret': true }, good: ['pa$$ word', 'pa$$ word'] },
  { kind: 'a number', schema: { type: 'number' }, good: ['-1.5e3', -1500], bad: ['1,5', /number/i] },
  { kind: 'a number of a range', schema: { type: 'number', minimum: 1, maximum: 10 }, good: ['10', 10], bad: ['11', /10/] },
  { kind: 'a whole number', schema: { type: 'integer' }, good: ['42', 42], bad: ['4.2', /whole/i] },
  { kind: 'a multiple', schema: { type: 'number', multipleOf: 0.01 }, good: ['19.99', 19.99], bad: ['19.999', /0\.01/] },
  { kind: 'a number or nothing', schema: { type: ['number', 'null'] }, good: ['7', 7], bad: ['seven', /./] },
  { kind: 'one of a list', schema: { enum: ['a', 'b'] }, good: ['"b"', 'b'] },
  { kind: 'one of a list of numbers', schema: { type: 'integer', enum: [1, 2] }, good: ['2', 2] },
  { kind: 'any JSON', schema: {}, good: ['{"a":[1,null]}', { a: [1, null] }], bad: ['{"a":', /not valid JSON/] },
];

describe.each(cases)('a field of $kind', ({ schema, good: [typed, value], bad }) => {
  it('gives what is typed, and nothing when it is cleared', () => {
    const now = show(one(schema));
    type(typed);
    expect(now()).toEqual({ field: value });
    expect(errors()).toEqual([]);
    expect(isValidForm(one(schema), now())).toBe(true);
    type('');
    expect(now()).toEqual({});
  });

  it.runIf(bad)('says what is wrong with another input, and keeps it in sight', () => {
    const [wrong, said] = bad ?? ['', /./];
    show(one(schema));
    type(wrong);
    expect((control() as HTMLInputElement).value).toBe(wrong);
    expect(control().getAttribute('aria-invalid')).toBe('true');
    // JSON on its way says so in its hint; what a schema refuses is an alert.
    expect([...errors(), control().closest('[data-field]')?.textContent].join(' ')).toMatch(said);
  });

  it('shows what is stored, and leaves it as it is while it is only looked at', () => {
    const now = show(one(schema), { field: value });
    fireEvent.focus(control());
    fireEvent.blur(control());
    expect(now()).toEqual({ field: value });
  });
});

describe('a switch', () => {
  it('goes on and off again', () => {
    const now = show(one({ type: 'boolean' }));
    fireEvent.click(screen.getByRole('switch', { name: 'Field' }));
    expect(now()).toEqual({ field: true });
    fireEvent.click(screen.getByRole('switch', { name: 'Field' }));
    expect(now()).toEqual({ field: false });
  });
});

describe('required fields', () => {
  const schema: JsonSchema = {
    type: 'object',
    required: ['name', 'address'],
    properties: {
      name: { type: 'string', title: 'Name' },
      address: {
        type: 'object',
        title: 'Address',
        required: ['city'],
        properties: { city: { type: 'string', title: 'City' }, zip: { type: 'string', title: 'Zip' } },
      },
    },
  };

  it('are asked for after a visit, the inner ones once there is something around them', () => {
    const now = show(schema);
    expect(errors()).toEqual([]);
    fireEvent.focus(control('Name'));
    fireEvent.blur(control('Name'));
    expect(errors()).toHaveLength(1);
    type('5020', 'Zip');
    fireEvent.blur(control('City'));
    expect(within(control('City').closest<HTMLElement>('[data-field]') ?? document.body).getByRole('alert').textContent).toMatch(/missing/);
    type('Bergen', 'City');
    type('Ada', 'Name');
    expect(errors()).toEqual([]);
    expect(now()).toEqual({ name: 'Ada', address: { zip: '5020', city: 'Bergen' } });
    expect(isValidForm(schema, now())).toBe(true);
  });

  it('make a form that lacks them invalid, whatever stands in place of the value', () => {
    expect(isValidForm(schema, undefined)).toBe(false);
    expect(isValidForm(schema, { name: 'Ada' })).toBe(false);
    expect(isValidForm(schema, { name: null, address: { city: 'Bergen' } })).toBe(false);
  });

  it('inside an object leave no empty object behind when they are cleared', () => {
    const now = show(schema);
    type('Bergen', 'City');
    type('', 'City');
    expect(now()).toEqual({});
  });
});

describe('a list', () => {
  const list = (items: JsonSchema, more: JsonSchema = {}): JsonSchema => one({ type: 'array', items, ...more });

  it('gets entries, in an order that can be changed, and loses them', () => {
    const now = show(list({ type: 'string' }));
    press('Add an entry to Field');
    press('Add an entry to Field');
    expect(errors()).toEqual([]);
    type('one', 'Field 1');
    type('two', 'Field 2');
    press('Move Field 2 up');
    expect(now()).toEqual({ field: ['two', 'one'] });
    press('Remove Field 1');
    expect(now()).toEqual({ field: ['one'] });
  });

  it('says at the entry what is wrong with it', () => {
    show(list({ type: 'integer' }), { field: [1, 2, 3] });
    type('two', 'Field 2');
    expect(control('Field 2').getAttribute('aria-invalid')).toBe('true');
    expect(control('Field 1').getAttribute('aria-invalid')).toBeNull();
    expect(errors()).toHaveLength(1);
  });

  it('says that it has too few or too many entries', () => {
    show(list({ type: 'string' }, { minItems: 2, maxItems: 3 }), { field: ['a', 'b', 'c', 'd'] });
    expect(errors().join(' ')).toMatch(/3/);
  });

  it('of lists of objects is edited to its depth', () => {
    const tags: JsonSchema = { type: 'array', title: 'Tags', items: { type: 'string' } };
    const now = show(list({ type: 'object', title: 'Line', properties: { tags } }), { field: [{ tags: ['a'] }, {}] });
    const [, second] = screen.getAllByRole('button', { name: 'Add an entry to Tags' });
    if (second) fireEvent.click(second);
    const [, added] = screen.getAllByLabelText('Tags 1');
    if (added) fireEvent.change(added, { target: { value: 'b' } });
    expect(now()).toEqual({ field: [{ tags: ['a'] }, { tags: ['b'] }] });
  });
});

describe('alternatives', () => {
  const schema = one({
    oneOf: [
      { type: 'object', title: 'Card', required: ['number'], properties: { kind: { const: 'card' }, number: { type: 'string', title: 'Number' } } },
      { type: 'object', title: 'Invoice', properties: { kind: { const: 'invoice' }, days: { type: 'integer', title: 'Days' } } },
    ],
  });
  const choose = (title: string): void => {
    const list = screen.getByLabelText<HTMLSelectElement>('Kind of Field');
    fireEvent.change(list, { target: { value: [...list.options].find(({ text }) => text === title)?.value } });
  };

  it('show the one that is stored, and only its fields', () => {
    show(schema, { field: { kind: 'invoice', days: 30 } });
    expect((control('Days') as HTMLInputElement).value).toBe('30');
    expect(screen.queryByLabelText('Number')).toBeNull();
  });

  it('give only what belongs to the chosen one', () => {
    const now = show(schema, { field: { kind: 'card', number: '4711' } });
    choose('Invoice');
    type('14', 'Days');
    expect(now()).toEqual({ field: { kind: 'invoice', days: 14 } });
    expect(isValidForm(schema, now())).toBe(true);
  });

  it('show a value that fits none of them, and change nothing of it by themselves', () => {
    const now = show(schema, { field: { kind: 'cheque', bank: 'DNB' } });
    expect(screen.getByLabelText('Kind of Field')).toBeDefined();
    expect(now()).toEqual({ field: { kind: 'cheque', bank: 'DNB' } });
  });
});

describe('references', () => {
  it('are followed, also to what holds itself', () => {
    const children: JsonSchema = { type: 'array', title: 'Children', items: { $ref: '#/$defs/node' } };
    const node: JsonSchema = { type: 'object', title: 'Node', properties: { name: { type: 'string', title: 'Name' }, children } };
    const now = show({ type: 'object', properties: { root: { $ref: '#/$defs/node' } }, $defs: { node } });
    type('top', 'Name');
    press('Add an entry to Children');
    const [, inner] = screen.getAllByLabelText('Name');
    if (inner) fireEvent.change(inner, { target: { value: 'below' } });
    expect(now()).toEqual({ root: { name: 'top', children: [{ name: 'below' }] } });
  });

  it('that lead nowhere take no other field with them, and what is stored there stays', () => {
    const now = show(
      { type: 'object', properties: { lost: { $ref: '#/$defs/gone', title: 'Lost' }, name: { type: 'string', title: 'Name' } } },
      { lost: { a: 1 } },
    );
    type('Ada', 'Name');
    expect(now()).toEqual({ lost: { a: 1 }, name: 'Ada' });
    expect(control('Lost').closest('[data-field]')?.textContent).toMatch(/#\/\$defs\/gone/);
  });
});

describe('a form', () => {
  it('of nothing says so', () => {
    show({ type: 'object', properties: {} });
    expect(screen.getByText('There is nothing to fill in here.')).toBeDefined();
  });

  it.each(['a.b', 'a/b', 'عنوان', '名前 ✓'])('has a field called %s like any other', (name) => {
    const now = show({ type: 'object', properties: Object.fromEntries([[name, { type: 'string', title: 'Odd' }]]) });
    type('x', 'Odd');
    expect(Object.entries(now())).toEqual([[name, 'x']]);
  });

  it('keeps what its schema does not describe', () => {
    const now = show(one({ type: 'string' }), { other: [1] });
    type('x');
    expect(now()).toEqual({ field: 'x', other: [1] });
  });
});
