import type { Step } from '@weft/flow';
import { describe, expect, it } from 'vitest';
import { parsePayload, usualSample } from './payload.ts';

const trigger = (connector: string, rest: Partial<Step> = {}): Step => ({ kind: 'trigger', title: 'Start', use: { connector, version: '1.0.0', operation: 'receive' }, ...rest }) as Step;

describe('pasted data', () => {
  it('becomes the body of a call for a webhook', () => {
    expect(parsePayload('{"order": 1}', trigger('webhook', { config: { method: 'PUT' } } as Partial<Step>))).toEqual({
      ok: true,
      payload: { method: 'PUT', headers: { 'content-type': 'application/json' }, query: {}, body: { order: 1 } },
    });
  });

  it('stays as it is when it is a whole call', () => {
    const call = { method: 'POST', headers: { a: 'b' }, query: {}, body: [1] };
    expect(parsePayload(JSON.stringify(call), trigger('webhook'))).toEqual({ ok: true, payload: call });
  });

  it('becomes the body of a start by hand, unless it has one', () => {
    expect(parsePayload('7', trigger('manual'))).toEqual({ ok: true, payload: { body: 7 } });
    expect(parsePayload('{"body": 7}', trigger('manual'))).toEqual({ ok: true, payload: { body: 7 } });
  });

  it('tells where it is broken', () => {
    expect(parsePayload('{\n  "a": 1\n  "b": 2\n}', trigger('webhook'))).toMatchObject({ ok: false, reason: 'malformed', line: 3, column: 3 });
    expect(parsePayload('{"a": ', trigger('webhook'))).toMatchObject({ ok: false, reason: 'malformed', line: 1 });
  });

  it('may be missing, or refused for what it holds', () => {
    expect(parsePayload('  ', undefined)).toMatchObject({ ok: false, reason: 'empty' });
    expect(parsePayload('{"__proto__": 1}', undefined)).toMatchObject({ ok: false, reason: 'refused' });
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
