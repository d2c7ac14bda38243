import { describe, expect, test } from 'vitest';
import { summaryOf } from './index.ts';

const request = { summary: '{config.method} {input.url}' };

describe('the one line of a step', () => {
  test('names method and address', () => {
    expect(summaryOf(request, { method: 'POST' }, { url: 'https://api.example.com/orders' })).toBe('POST api.example.com/orders');
  });

  test.each([
    ['https://api.example.com/', 'api.example.com'],
    ['http://localhost:4100/practice/erp?token=canary#part', 'localhost:4100/practice/erp'],
    ['https://ada:canary@example.com/a', 'example.com/a'],
    ['HTTPS://EXAMPLE.com/a/', 'EXAMPLE.com/a'],
  ])('shows of %s only host and path', (url, shown) => {
    expect(summaryOf(request, {}, { url })).toBe(shown);
  });

  test('leaves out what is not known yet', () => {
    expect(summaryOf(request, { method: 'GET' }, {})).toBe('GET');
    expect(summaryOf(request, {}, {})).toBe('');
    expect(summaryOf({ summary: 'Insert into {config.table}' }, {}, {})).toBe('');
    expect(summaryOf({}, { method: 'GET' }, {})).toBe('');
  });

  test('shows the default of a setting that was left alone', () => {
    const operation = { ...request, config: { type: 'object' as const, properties: { method: { type: 'string' as const, default: 'GET' } } } };
    expect(summaryOf(operation, {}, { url: 'https://api.example.com/orders' })).toBe('GET api.example.com/orders');
    expect(summaryOf(operation, { method: 'PUT' }, {})).toBe('PUT');
  });

  test('reads lists and objects as their parts', () => {
    expect(summaryOf({ summary: '{config.keys} of {config.map}' }, { keys: ['a', 'b'], map: { x: 1, y: 2 } }, {})).toBe('a, b of x, y');
  });

  test('is one short line, whatever is in it', () => {
    const line = summaryOf({ summary: '{config.text}' }, { text: `a\n\n  b ${'x'.repeat(500)}` }, {});
    expect(line).toHaveLength(80);
    expect(line).toMatch(/^a b x+…$/);
  });

  test('reaches nothing but the values', () => {
    expect(summaryOf({ summary: '{config.constructor.name}{config.__proto__.x}' }, {}, {})).toBe('');
  });
});
