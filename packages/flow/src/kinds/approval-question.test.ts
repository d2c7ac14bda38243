import { expect, it } from 'vitest';
import { catalogueOf } from '../catalogue.ts';
import { problems } from '../problems/problems.ts';
import { flowOf, mappingOf, path, webhook } from '../testing/flow-builder.ts';
import { filledQuestion, questionFields } from './approval-question.ts';

const shown = { number: '#2003', customer: { name: 'Ada', city: null }, total: 12.5, 'a.b': 'dotted', lines: [{ sku: 'TEA' }] };

it.each([
  ['May order {number} of {customer.name} be shipped?', 'May order #2003 of Ada be shipped?'],
  ['{{ number }}: {total} €', '#2003: 12.5 €'],
  ['{customer.city} {a.b} {lines.0.sku}', '– dotted TEA'],
  ['{nothing} {constructor} { } {', '{nothing} {constructor} { } {'],
  ['No field at all', 'No field at all'],
])('a question says what it is about: %s', (question, read) => {
  expect(filledQuestion(question, shown)).toBe(read);
});

it('holds a name together that is written from right to left, and shortens what is long', () => {
  expect(filledQuestion('Ship {name}?', { name: 'طلب' })).toBe('Ship \u2068طلب\u2069?');
  expect(filledQuestion('{text}', { text: 'x'.repeat(5_000) })).toHaveLength(201);
});

it('names fields once', () => {
  expect(questionFields('{a} {b.c} {a}')).toEqual(['a', 'b.c']);
});

it('warns of a field that people are not shown', () => {
  const ask = (question: string) => ({
    kind: 'approval' as const,
    title: 'Ask',
    question,
    assignees: { users: [], roles: ['owner' as const] },
    input: mappingOf({ number: path('trigger', 'body', 'number') }),
  });
  const found = (question: string) => problems(flowOf({ trigger: webhook(), ask: ask(question) }, ['trigger → ask']), catalogueOf([])).filter(({ code }) =>
    code === 'approval.questionField');
  expect(found('Ship {number}?')).toEqual([]);
  expect(found('Ship {order}?')).toMatchObject([{
    severity: 'warning',
    path: ['question'],
    message: 'The question of “Ask” names “order”, which people are not shown: add that field to what they are shown.',
  }]);
});
