import { fillTemplate, type SentenceRef } from '@weft/sentences';
import { describe, expect, it } from 'vitest';
import { whyNotConnect } from './edit/connect.ts';
import { portsOf } from './graph/ports-of.ts';
import { problems } from './problems/problems.ts';
import { english } from './sentences.en.ts';
import { approval, branch, filter, flowOf, forEach, http, respond, stop, transform, wait, webhook } from './testing/index.ts';
import { testCatalogue } from './testing/test-catalogue.ts';

/** As the web says it: by its code in a table, here the English one. */
function again({ code, values = {} }: SentenceRef): string {
  const filled = Object.entries(values).map(([name, value]) => [name, typeof value === 'object' ? again(value) : value]);
  const template = (english as Record<string, string>)[code];
  if (template === undefined) throw new RangeError(`No sentence has the code ${code}.`);
  return fillTemplate(template, Object.fromEntries(filled));
}

const broken = flowOf(
  {
    trigger: webhook({ in: 'lines', config: {} }),
    again: webhook(),
    old: http({ title: '', use: { connector: 'http', version: '0.1.0', operation: 'request' }, onError: 'port', retry: { attempts: 99, backoff: 'fixed' } }),
    mail: http({ use: { connector: 'mail', version: '1.0.0', operation: 'send' }, pinned: 3 }),
    lines: forEach({ items: undefined, as: 'old' }),
    hold: wait({ key: undefined, timeoutMs: 1 }),
    ask: approval({ question: '', assignees: { users: [], roles: [] } }),
    kind: branch({ cases: [] }),
    only: filter({ condition: undefined }),
    call: { kind: 'subflow', title: 'Call', flow: '' },
    shape: transform({ input: undefined }),
    answer: respond(),
    end: stop(),
  },
  ['old → mail', 'mail → old', 'trigger → gone', 'end → answer'],
  { settings: { timezone: 'Mars', concurrency: { key: ['old'] } } },
);

describe('what this package says', () => {
  const all = problems(broken, testCatalogue);
  const found = all.filter(({ sentence }) => !sentence?.code.startsWith('mapping.'));

  it('is about many things here', () => {
    expect(new Set(found.map(({ code }) => code)).size).toBeGreaterThan(20);
  });

  it('can be said again from its code and values', () => {
    for (const { message, sentence } of found) expect(sentence && again(sentence)).toBe(message);
    for (const { title, sentence } of found.flatMap(({ fixes = [] }) => fixes)) expect(sentence && again(sentence)).toBe(title);
  });

  it('goes together with what mappings say', () => {
    const ofMappings = all.filter((problem) => !found.includes(problem));
    expect(ofMappings.map(({ code, stepId }) => [code, stepId])).toContainEqual(['mapping.required', 'mail']);
  });

  it('includes the ways out that nobody gave a name, and why two steps cannot be joined', () => {
    expect(portsOf(http({ onError: 'port' })).map(({ title, sentence }) => [title, sentence && again(sentence)])).toEqual([
      ['Then', 'Then'],
      ['If it fails', 'If it fails'],
    ]);
    expect(portsOf(branch()).map(({ sentence }) => sentence?.code)).toEqual([undefined, undefined, 'flow.port.else']);
    expect(whyNotConnect(broken, ['end', 'next'], 'ask')).toEqual({
      message: '“Stop here” has no such way out.',
      sentence: { code: 'flow.connect.port', values: { step: 'Stop here' } },
    });
  });
});
