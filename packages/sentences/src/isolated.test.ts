import { expect, it } from 'vitest';
import { fillTemplate } from './fill-template.ts';

const said = (title: string) => fillTemplate('Delete “{{title}}”?', { title });

it.each([
  ['Orders', 'Delete “Orders”?'],
  ['größe 商品', 'Delete “größe 商品”?'],
  ['طلب جديد 123 (A)', 'Delete “\u2068طلب جديد 123 (A)\u2069”?'],
  ['\u202Eabc', 'Delete “abc”?'],
  ['\u2069\u202Eabc', 'Delete “abc”?'],
  ['\u2069שלום', 'Delete “\u2068שלום\u2069”?'],
])('a name never turns the sentence around it: %j', (title, sentence) => {
  expect(said(title)).toBe(sentence);
});

it('holds a sentence in a sentence together by its names', () => {
  expect(fillTemplate('{{why}} Choose another.', { why: said('שלום') })).toBe('Delete “\u2068שלום\u2069”? Choose another.');
});
