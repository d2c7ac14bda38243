import type { Expression } from '@weft/mapping';
import { expect, it } from 'vitest';
import '../../locales/i18n.ts';
import { expressionText } from './expression-text.ts';

const titles: Record<string, string> = { trigger: 'Order received' };
const text = (expression: Expression | undefined) => expressionText(expression, (name) => titles[name] ?? name);

it.each<[Expression | undefined, string]>([
  [undefined, ''],
  [{ path: ['trigger'] }, 'Order received'],
  [{ path: ['trigger', 'body', 'order', 'lines'] }, 'order › lines'],
  [{ fn: 'equals', args: [{ path: ['trigger', 'total'] }, { const: 100 }] }, 'total = 100'],
  [{ fn: 'contains', args: [{ path: ['line', 'sku'] }, { const: 'A-' }] }, 'sku contains “A-”'],
  [{ fn: 'isEmpty', args: [{ path: ['line', 'sku'] }] }, 'sku is empty'],
  [{ fn: 'not', args: [{ path: ['line', 'sku'] }] }, 'not sku'],
  [{ fn: 'and', args: [{ path: ['line', 'ok'] }, { fn: 'or', args: [{ const: true }, { const: false }] }] }, 'ok and true or false'],
  [{ if: { path: ['line', 'ok'] }, then: { const: 1 } }, 'if ok'],
  [{ index: 'line' }, '#line'],
])('%j reads as a few words', (expression, words) => {
  expect(text(expression)).toBe(words);
});
