import { connector, operation } from '@weft/connector-sdk/testing';
import { catalogueOf, type Step } from '@weft/flow';
import { describe, expect, it } from 'vitest';
import { parsePayload, usualSample } from './payload.ts';

/** A connector for each way to start, none of them by the name of one there is. */
const strategies = ['manual', 'webhook', 'polling', 'schedule'] as const;
const starts = (strategy: (typeof strategies)[number]) =>
  connector({ id: `my-${strategy}`, operations: [operation('start', { kind: 'trigger', trigger: { strategy } })] });
const catalogue = catalogueOf(strategies.map(starts));
const trigger = (strategy: (typeof strategies)[number], rest: Partial<Step> = {}): Step =>
  ({ kind: 'trigger', title: 'Start', use: { connector: `my-${strategy}`, version: '1.0.0', operation: 'start' }, ...rest }) as Step;
const parse = (text: string, step?: Step) => parsePayload(text, step, catalogue);

describe('pasted data', () => {
  it('becomes the body of a call for a webhook', () => {
    expect(parse('{"order": 1}', trigger('webhook', { config: { method: 'PUT' } } as Partial<Step>))).toEqual({
      ok: true,
      payload: { method: 'PUT', headers: { 'content-type': 'application/json' }, query: {}, body: { order: 1 } },
    });
  });

  it('stays as it is when it is a whole call', () => {
    const call = { method: 'POST', headers: { a: 'b' }, query: {}, body: [1] };
    expect(parse(JSON.stringify(call), trigger('webhook'))).toEqual({ ok: true, payload: call });
  });

  it('becomes the body of a start by hand, unless it has one', () => {
    expect(parse('7', trigger('manual'))).toEqual({ ok: true, payload: { body: 7 } });
    expect(parse('{"body": 7}', trigger('manual'))).toEqual({ ok: true, payload: { body: 7 } });
  });

  it('stays as it is for what starts by itself', () => {
    expect(parse('{"item": {"id": 7}}', trigger('polling'))).toEqual({ ok: true, payload: { item: { id: 7 } } });
    expect(parse('{"scheduledAt": "2026-03-02T07:00:00Z"}', trigger('schedule'))).toEqual({ ok: true, payload: { scheduledAt: '2026-03-02T07:00:00Z' } });
  });

  it('tells where it is broken', () => {
    expect(parse('{\n  "a": 1\n  "b": 2\n}', trigger('webhook'))).toMatchObject({ ok: false, reason: 'malformed', line: 3, column: 3 });
    expect(parse('{"a": ', trigger('webhook'))).toMatchObject({ ok: false, reason: 'malformed', line: 1 });
  });

  it('may be missing, or refused for what it holds', () => {
    expect(parse('  ')).toMatchObject({ ok: false, reason: 'empty' });
    expect(parse('{"__proto__": 1}')).toMatchObject({ ok: false, reason: 'refused' });
  });
});

describe('the sample of a test run', () => {
  const samples = [
    { title: 'One', output: 1 },
    { title: 'Two', output: 2 },
  ];

  it('is the pinned one, else the first', () => {
    expect(usualSample(trigger('webhook', { samples, pinned: 1 }))).toBe(1);
    expect(usualSample(trigger('webhook', { samples }))).toBe(0);
    expect(usualSample(trigger('webhook'))).toBeUndefined();
  });
});
