// @vitest-environment jsdom
import type { JsonObject, JsonSchema } from '@weft/json-schema';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { SchemaForm, type SchemaFormProps } from './schema-form.tsx';

afterEach(cleanup);

interface Shown {
  value(): JsonObject;
  changes(): number;
}

/** A host that keeps the value, as the product does. */
function show(schema: JsonSchema, initial: JsonObject = {}, props: Partial<SchemaFormProps> = {}): Shown {
  let current = initial;
  let changes = 0;
  function Host() {
    const [value, setValue] = useState(initial);
    return (
      <SchemaForm
        schema={schema}
        value={value}
        onChange={(next) => {
          current = next;
          changes += 1;
          setValue(next);
        }}
        {...props}
      />
    );
  }
  render(<Host />);
  return { value: () => current, changes: () => changes };
}

const object = (properties: Record<string, JsonSchema>, required: string[] = []): JsonSchema => ({ type: 'object', properties, required });
const type = (name: string, text: string) => fireEvent.change(screen.getByLabelText(name), { target: { value: text } });

describe('a generated form', () => {
  it('names every field and marks what is required', () => {
    show(object({ url: { type: 'string', title: 'Address' }, note: { type: 'string', title: 'Note' } }, ['url']));
    expect(screen.getByRole('textbox', { name: 'Address' }).getAttribute('aria-required')).toBe('true');
    expect(screen.getByText('Address').textContent).toContain('required');
    expect(screen.getByText('Note').textContent).not.toContain('required');
  });

  it('writes what is typed and takes it back when it is cleared', () => {
    const form = show(object({ url: { type: 'string', title: 'Address' } }));
    type('Address', 'https://example.com');
    expect(form.value()).toEqual({ url: 'https://example.com' });
    type('Address', '');
    expect(form.value()).toEqual({});
  });

  it('shows a default once, also where it is chosen', () => {
    show(object({ method: { type: 'string', title: 'Method', enum: ['GET', 'POST'], default: 'POST' } }), { method: 'POST' });
    const list = screen.getByLabelText<HTMLSelectElement>('Method');
    expect([...list.options].map(({ text }) => text)).toEqual(['POST (default)', 'GET']);
    expect(list.selectedOptions[0]?.text).toBe('POST (default)');
    type('Method', '"GET"');
    expect([...list.options].map(({ text }) => text)).toEqual(['POST (default)', 'GET']);
  });

  it('shows what can only be one value on the side of a condition that holds', () => {
    const side = (name: string, constant: string) => ({ properties: { [name]: { type: 'string', title: name, const: constant } }, required: [name] });
    const pay = object({ pay: { type: 'string', title: 'Pay', enum: ['card', 'bank'], default: 'card' } });
    const form = show({ ...pay, if: { properties: { pay: { const: 'bank' } }, required: ['pay'] }, then: side('IBAN', 'XX'), else: side('No', '4') });
    expect(screen.getByLabelText<HTMLInputElement>('No').placeholder).toBe('4');
    type('Pay', '"bank"');
    expect(screen.getByLabelText<HTMLInputElement>('IBAN').placeholder).toBe('XX');
    expect(form.value()).toEqual({ pay: 'bank' });
  });

  it('shows defaults without writing them', () => {
    const form = show(
      object({
        method: { type: 'string', title: 'Method', enum: ['GET', 'POST'], default: 'GET' },
        follow: { type: 'boolean', title: 'Follow redirects', default: true },
        limit: { type: 'integer', title: 'Limit', default: 10 },
      }),
    );
    expect((screen.getByLabelText('Method') as HTMLSelectElement).selectedOptions[0]?.text).toBe('GET (default)');
    expect(screen.getByRole('switch', { name: 'Follow redirects' }).getAttribute('aria-checked')).toBe('true');
    expect(screen.getByLabelText('Limit').getAttribute('placeholder')).toBe('10');
    expect(form.changes()).toBe(0);
    type('Method', '"POST"');
    expect(form.value()).toEqual({ method: 'POST' });
  });

  it('offers named constants without a type as a list', () => {
    const form = show(object({ answer: { title: 'Answer', default: 'now', oneOf: [{ const: 'now', title: 'At once' }, { const: 'later', title: 'Later' }] } }));
    expect((screen.getByLabelText('Answer') as HTMLSelectElement).selectedOptions[0]?.text).toBe('At once (default)');
    type('Answer', '"later"');
    expect(form.value()).toEqual({ answer: 'later' });
  });

  it('reads numbers as they are typed, and says when it is none', () => {
    const form = show(object({ amount: { type: 'number', title: 'Amount' } }));
    type('Amount', '1.');
    expect((screen.getByLabelText('Amount') as HTMLInputElement).value).toBe('1.');
    type('Amount', '1.5');
    expect(form.value()).toEqual({ amount: 1.5 });
    type('Amount', 'many');
    expect(screen.getByRole('alert').textContent).toMatch(/number/);
    expect((screen.getByLabelText('Amount') as HTMLInputElement).value).toBe('many');
  });

  it('shows an error at its field while typing, and a missing value only after a visit', () => {
    show(object({ mail: { type: 'string', title: 'E-mail', minLength: 5 } }, ['mail']));
    expect(screen.queryByRole('alert')).toBeNull();
    fireEvent.blur(screen.getByLabelText('E-mail'));
    expect(screen.getByRole('alert')).toBeTruthy();
    type('E-mail', 'a@b');
    const alert = screen.getByRole('alert');
    const field = screen.getByLabelText('E-mail');
    expect(field.getAttribute('aria-invalid')).toBe('true');
    expect(field.getAttribute('aria-describedby')).toContain(alert.id);
    type('E-mail', 'ada@example.com');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('shows what only the host knows at the field it belongs to', () => {
    show(object({ table: { type: 'string', title: 'Table' } }), {}, { errors: [{ path: ['table'], message: 'There is no such table.' }] });
    expect(screen.getByRole('alert').textContent).toBe('There is no such table.');
  });

  it('hides a secret until it is asked to show it', () => {
    show(object({ token: { type: 'string', title: 'Token', 'x-secret': true } }));
    expect(screen.getByLabelText('Token').getAttribute('type')).toBe('password');
    fireEvent.click(screen.getByRole('button', { name: 'Show Token' }));
    expect(screen.getByLabelText('Token').getAttribute('type')).toBe('text');
  });

  it('edits a map as names and values', () => {
    const form = show(object({ headers: { type: 'object', title: 'Headers', additionalProperties: { type: 'string' } } }));
    fireEvent.click(screen.getByRole('button', { name: 'Add an entry' }));
    type('Name of entry 1', 'accept');
    type('Value of accept', 'text/plain');
    expect(form.value()).toEqual({ headers: { accept: 'text/plain' } });
    fireEvent.click(screen.getByRole('button', { name: 'Remove accept' }));
    expect(form.value()).toEqual({});
  });

  it('keeps a text of digits as it was typed where text may stand', () => {
    const form = show(object({ query: { type: 'object', title: 'Query', additionalProperties: { type: ['string', 'number', 'null'] } } }));
    fireEvent.click(screen.getByRole('button', { name: 'Add an entry' }));
    type('Name of entry 1', 'zip');
    type('Value of zip', '0150');
    expect(form.value()).toEqual({ query: { zip: '0150' } });
  });

  it('edits lists of forms', () => {
    const form = show(object({ lines: { type: 'array', title: 'Lines', items: object({ sku: { type: 'string', title: 'Article' } }) } }));
    fireEvent.click(screen.getByRole('button', { name: 'Add an entry to Lines' }));
    type('Article', 'A-1');
    expect(form.value()).toEqual({ lines: [{ sku: 'A-1' }] });
  });

  it('offers several of a closed list as check boxes', () => {
    const form = show(object({ days: { type: 'array', title: 'Days', uniqueItems: true, items: { type: 'string', enum: ['mon', 'tue'] } } }));
    fireEvent.click(within(screen.getByRole('group', { name: 'Days' })).getByLabelText('tue'));
    expect(form.value()).toEqual({ days: ['tue'] });
  });

  const headers: JsonSchema = object({ headers: { type: 'object', title: 'Headers', additionalProperties: { type: 'string' } } });
  const names = () => screen.getAllByLabelText(/^Name of entry/).map((input) => (input as HTMLInputElement).value);
  const typeName = (at: number, ...steps: string[]) => {
    const [input] = [screen.getAllByLabelText(/^Name of entry/)[at]!];
    // The same element throughout: who types in a row stays in it.
    for (const text of steps) fireEvent.change(input, { target: { value: text } });
    expect(screen.getAllByLabelText(/^Name of entry/)[at]).toBe(input);
  };

  it('keeps every row where it is while its name is typed, through the names of others and numbers too', () => {
    const form = show(headers, { headers: { a: '1', b: '2', c: '3' } });
    typeName(0, 'x', 'xy', 'b', 'by', 'xyz');
    expect(names()).toEqual(['xyz', 'b', 'c']);
    expect(form.value()).toEqual({ headers: { xyz: '1', b: '2', c: '3' } });
    typeName(1, '2');
    typeName(2, '1', '10');
    expect(names()).toEqual(['xyz', '2', '10']);
    expect(form.value()).toEqual({ headers: { xyz: '1', 2: '2', 10: '3' } });
  });

  it.each(['constructor', 'toString', 'hasOwnProperty'])('takes %s as a name', (name) => {
    const form = show(headers, { headers: { a: '1' } });
    typeName(0, name);
    expect(Object.entries(form.value()['headers'] as JsonObject)).toEqual([[name, '1']]);
  });

  it('keeps the row of a name that nothing can have, with its value, and says so', () => {
    const form = show(headers, { headers: { a: '1', b: '2' } });
    typeName(0, '__proto__');
    expect(screen.getByText(/Nothing can be called “__proto__”/)).toBeTruthy();
    expect(form.value()).toEqual({ headers: { b: '2' } });
    typeName(0, '__proto__x');
    expect(form.value()).toEqual({ headers: { '__proto__x': '1', b: '2' } });
  });

  it('splits pasted lines into rows, and leaves a plain text alone', () => {
    const form = show(headers, { headers: { a: '1' } });
    fireEvent.click(screen.getByRole('button', { name: 'Add an entry' }));
    const paste = (at: number, text: string) => fireEvent.paste(screen.getAllByLabelText(/^Name of entry/)[at]!, { clipboardData: { getData: () => text } });
    expect(paste(1, 'just a name')).toBe(true);
    paste(1, 'Accept: text/plain\r\nX-At:\nx-time: 12:30\n');
    expect(form.value()).toEqual({ headers: { a: '1', Accept: 'text/plain', 'X-At': '', 'x-time': '12:30' } });
  });

  it('takes fields beside those that are named, where the schema does', () => {
    const form = show({ ...object({ id: { type: 'string', title: 'Id' } }), additionalProperties: { type: 'string' } }, { id: 'x', color: 'red' });
    fireEvent.click(screen.getByRole('button', { name: 'Add a field' }));
    typeName(1, 'i', 'id');
    expect(screen.getByText(/“id” has a field of its own/)).toBeTruthy();
    typeName(1, 'ids');
    fireEvent.change(screen.getByLabelText('Value of ids'), { target: { value: '7' } });
    expect(form.value()).toEqual({ id: 'x', color: 'red', ids: '7' });
  });

  it('switches between alternatives with a named list, keeps what both have and hides what tells them apart', () => {
    const form = show(
      object({
        auth: {
          title: 'Sign-in',
          oneOf: [
            {
              title: 'Password',
              ...object({ kind: { const: 'password' }, user: { type: 'string', title: 'User' }, pass: { type: 'string', title: 'Password' } }),
            },
            {
              title: 'Token',
              ...object({ kind: { const: 'token' }, user: { type: 'string', title: 'User' }, token: { type: 'string', title: 'Access key' } }),
            },
          ],
        },
      }),
    );
    type('User', 'ada');
    type('Kind of Sign-in', '1');
    expect(form.value()).toEqual({ auth: { kind: 'token', user: 'ada' } });
    expect(screen.queryByLabelText('kind')).toBeNull();
    type('Access key', 'abc');
    expect(form.value()).toEqual({ auth: { kind: 'token', user: 'ada', token: 'abc' } });
  });

  const pay: JsonSchema = {
    title: 'Pay',
    type: 'object',
    properties: { note: { type: 'string', title: 'Note' } },
    oneOf: [
      { properties: { kind: { const: 'card' }, no: { type: 'string', title: 'Number' } }, required: ['kind', 'no'] },
      { properties: { kind: { const: 'bank' }, iban: { type: 'string', title: 'IBAN' } }, required: ['kind', 'iban'] },
    ],
  };

  it('draws alternatives that stand beside fields and do not say that they are objects, each by what tells it apart', () => {
    const form = show(object({ pay }));
    expect([...screen.getByLabelText('Kind of Pay').querySelectorAll('option')].map(({ textContent }) => textContent)).toEqual(['card', 'bank']);
    type('Note', 'hello');
    type('Number', '99');
    expect(form.value()).toEqual({ pay: { note: 'hello', kind: 'card', no: '99' } });
    type('Kind of Pay', '1');
    type('IBAN', 'DE1');
    expect(form.value()).toEqual({ pay: { note: 'hello', kind: 'bank', iban: 'DE1' } });
  });

  it('draws a field whose description is missing as JSON, and all others as they are', () => {
    const form = show(object({
      a: { type: 'string', title: 'A' },
      b: { $ref: '#/$defs/none', title: 'B' },
      c: { type: 'array', title: 'C', items: { $ref: 'https://elsewhere.example/x.json' } },
    }));
    expect(screen.getByText(/#\/\$defs\/none.* is missing/)).toBeTruthy();
    type('A', 'x');
    type('B', '{"y":1}');
    expect(form.value()).toEqual({ a: 'x', b: { y: 1 } });
  });

  it('draws no box for an alternative that asks nothing more', () => {
    show(object({
      caller: {
        title: 'Who may call',
        oneOf: [
          { title: 'Anybody', ...object({ by: { const: 'none' } }) },
          { title: 'One with a token', ...object({ by: { const: 'token' }, header: { type: 'string', title: 'Header' } }) },
        ],
      },
    }));
    expect(screen.queryByRole('group', { name: 'Who may call' })).toBeNull();
    type('Kind of Who may call', '1');
    within(screen.getByRole('group', { name: 'Who may call' })).getByLabelText('Header');
  });

  it('takes any JSON where the schema says nothing', () => {
    const form = show(object({ body: { title: 'Body' } }));
    type('Body', '{"a":');
    expect(form.value()).toEqual({});
    type('Body', '{"a":1}');
    expect(form.value()).toEqual({ body: { a: 1 } });
  });

  it.each<[JsonSchema, string, unknown]>([
    [{ type: ['integer', 'string'], pattern: '^[0-9]+$' }, '4711', 4711],
    [{ type: ['integer', 'string'] }, '9007199254740993', '9007199254740993'],
    [{ type: ['number', 'string', 'null'] }, '19.5', 19.5],
    [{ type: ['number', 'string'] }, '19.90', '19.90'],
    [{ type: ['integer', 'string'] }, '0150', '0150'],
    [{ type: ['string', 'number', 'boolean'] }, 'Oslo', 'Oslo'],
  ])('takes a number or a text of %j as it is typed, without quotes: %s', (schema, text, expected) => {
    const form = show(object({ amount: { title: 'Amount', ...schema } }));
    expect(screen.getByLabelText('Amount').tagName).toBe('INPUT');
    type('Amount', text);
    expect(form.value()).toEqual({ amount: expected });
    expect((screen.getByLabelText('Amount') as HTMLInputElement).value).toBe(text);
    expect(screen.queryByRole('alert')).toBeNull();
    type('Amount', '');
    expect(form.value()).toEqual({});
  });

  it('keeps what is stored in a field of a number or a text while it is looked at', () => {
    const form = show(object({ code: { type: ['string', 'number'], title: 'Code' } }), { code: '42' });
    expect((screen.getByLabelText('Code') as HTMLInputElement).value).toBe('42');
    fireEvent.blur(screen.getByLabelText('Code'));
    expect([form.changes(), form.value()]).toEqual([0, { code: '42' }]);
  });

  it('draws a list of numbers or texts as a field each', () => {
    const form = show(object({ ids: { type: 'array', title: 'Ids', items: { type: ['integer', 'string'], title: 'Id' } } }), { ids: [7] });
    type('Id 1', '9007199254740993');
    expect(form.value()).toEqual({ ids: ['9007199254740993'] });
  });

  it('lets the host stand in for a control and put something beside it', () => {
    show(object({ url: { type: 'string', title: 'Address' } }), {}, {
      fieldAddon: ({ path }) => ({ instead: <b>chip for {path.join('.')}</b>, beside: <button type="button">Map</button> }),
    });
    expect(screen.getByText('chip for url')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Map' })).toBeTruthy();
    expect(screen.queryByRole('textbox')).toBeNull();
  });

  it('offers choices that are read live, and typing where they cannot be read', () => {
    const schema = object({ table: { type: 'string', title: 'Table' } });
    const form = show(schema, {}, { options: () => ({ status: 'ready', items: [{ value: 'leads', title: 'Leads' }] }) });
    type('Table', '"leads"');
    expect(form.value()).toEqual({ table: 'leads' });
    cleanup();
    show(schema, {}, { options: () => ({ status: 'failed', items: [], message: 'The database is away.' }) });
    expect(screen.getByRole('textbox', { name: 'Table' })).toBeTruthy();
    expect(screen.getByRole('alert').textContent).toBe('The database is away.');
  });

  it('hands unusual fields to the host’s own controls', () => {
    show(object({ cron: { type: 'string', title: 'When', 'x-widget': 'cron' } }), { cron: '* * * * *' }, {
      widgets: { cron: ({ value }) => <i>every {String(value)}</i> },
    });
    expect(screen.getByText('every * * * * *')).toBeTruthy();
  });

  it('prefixes every id, so two forms fit on one page', () => {
    show(object({ url: { type: 'string', title: 'Address' } }), {}, { idPrefix: 'config' });
    expect(screen.getByLabelText('Address').id.startsWith('config')).toBe(true);
  });

  it('changes nothing when it is read-only', () => {
    show(object({ on: { type: 'boolean', title: 'On' }, name: { type: 'string', title: 'Name' } }), { name: 'x' }, { readOnly: true });
    expect((screen.getByRole('switch') as HTMLButtonElement).disabled).toBe(true);
    expect((screen.getByLabelText('Name') as HTMLInputElement).readOnly).toBe(true);
  });
});
