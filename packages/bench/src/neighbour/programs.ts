/** Programs that people write, each within what a document may be: patterns, schemas, mappings, and whole flows. */
import type { Step } from '@weft/flow';
import type { JsonSchema } from '@weft/json-schema';
import type { Rule } from '@weft/mapping';
import { body, call, calledFlow, rule, shape } from './flows.ts';
import type { BadThing } from './thing.ts';

const million = 'ab'.repeat(500_000);
const numbers = Array.from({ length: 20_000 }, (_, n) => n);

const every = (name: string, rules: Rule[]): Rule => ({ id: name, to: [name], forEach: { in: body('list'), as: name }, rules });

/** Called with what keeps a mapping busy. */
const mapping = (title: string, steps: Record<string, Step>, payload: unknown): BadThing => ({
  title,
  async prepare(member) {
    const url = await member.publish(calledFlow(steps));
    return (signal) => call(url, payload, signal);
  },
});

/** A draft whose problems are asked for. */
const checked = (title: string, steps: Record<string, Step>): BadThing => ({
  title,
  async prepare(member) {
    const flow = await member.create(calledFlow(steps));
    return () => member.send('GET', `/w/${member.workspace}/flows/${flow}/problems`);
  },
});

function doubling(levels: number): JsonSchema {
  const $defs: Record<string, JsonSchema> = { l0: { type: 'object', properties: { a: { type: 'string' } } } };
  for (let level = 1; level <= levels; level += 1) $defs[`l${level}`] = { allOf: [{ $ref: `#/$defs/l${level - 1}` }, { $ref: `#/$defs/l${level - 1}` }] };
  return { $ref: `#/$defs/l${levels}`, $defs };
}

const manySteps = Object.fromEntries(
  Array.from({ length: 1_998 }, (_, at): [string, Step] => [
    `s${at}`,
    shape(...Array.from({ length: 10 }, (_rule, n) => rule(`f${n}`, { fn: 'concat', args: [body('customer'), { const: 'x'.repeat(30) }] }))),
  ]),
);

export const programs: BadThing[] = [
  mapping(
    'a heavy pattern over a megabyte',
    { s: shape(...Array.from({ length: 20 }, (_, n) => rule(`p${n}`, { fn: 'matches', args: [body('text'), { const: `[ab]{0,4}[^z]{${n + 1}}[^abz]` }] }))) },
    { text: million },
  ),
  mapping(
    'a pattern that looks to the end for each match',
    { s: shape(rule('p', { fn: 'replacePattern', args: [body('text'), { const: 'a(.*b)?' }, { const: '' }] })) },
    { text: 'a'.repeat(200_000) },
  ),
  mapping('two loops over 20,000 items', { s: shape(every('one', [every('two', [rule('v', { const: 1 })])])) }, { list: numbers }),
  mapping('a list of 20,000 sorted for each item', { s: shape(every('one', [rule('v', { fn: 'sort', args: [body('list')] })])) }, { list: numbers }),
  mapping(
    'hundreds of slow conditions in a row',
    Object.fromEntries(
      Array.from({ length: 300 }, (_, at): [string, Step] => [
        `s${at}`,
        { kind: 'filter', title: 'Only', condition: { fn: 'not', args: [{ fn: 'matches', args: [body('text'), { const: '[ab][^z]{30}[^abz]' }] }] } },
      ]),
    ),
    { text: million.slice(0, 100_000) },
  ),
  mapping(
    '20,000 objects that must differ',
    { s: { ...shape(rule('list', body('list'))), schemas: { input: { type: 'object', properties: { list: { type: 'array', uniqueItems: true } } } } } },
    { list: numbers.map((id) => ({ id, name: `n${id}` })) },
  ),
  checked('a description that doubles thirty times', { s: { ...shape(rule('a', body('text'))), schemas: { input: doubling(30) } } }),
  checked(
    'outputs that double with every step',
    Object.fromEntries(
      Array.from({ length: 60 }, (_, at): [string, Step] => {
        const before = at === 0 ? 'trigger' : `s${at - 1}`;
        return [`s${at}`, shape(rule('a', { path: [before] }), rule('b', { path: [before] }))];
      }),
    ),
  ),
  checked('2,000 steps, checked', manySteps),
  {
    title: '2,000 steps, saved',
    async prepare(member) {
      const document = JSON.stringify({ document: calledFlow(manySteps) });
      return async () => {
        const { body: made } = await member.send('POST', `/w/${member.workspace}/flows`, document);
        return member.send('DELETE', `/w/${member.workspace}/flows/${(JSON.parse(made) as { id: string }).id}`);
      };
    },
  },
];
