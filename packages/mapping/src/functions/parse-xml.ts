import { readXml } from '../xml/read-xml.ts';
import { defineFunction } from './define-function.ts';

export const parseXml = defineFunction({
  name: 'parseXml',
  category: 'convert',
  title: 'Read XML',
  description: 'Reads XML as fields: attributes are @name, an element that comes several times is a list; name those that are lists even when they come once.',
  parameters: [
    { name: 'text', title: 'XML text', type: 'text' },
    { name: 'lists', title: 'Elements that are lists', type: 'list', optional: true },
  ],
  returns: 'any',
  resultSchema: () => ({ type: 'object' }),
  examples: [
    { args: ['<order id="7"><line>a</line><line>b</line></order>'], result: { order: { '@id': '7', line: ['a', 'b'] } } },
    { args: ['<order><line>a &amp; b</line></order>', ['line']], result: { order: { line: ['a & b'] } } },
    { args: ['<a><b></a>'], fault: 'bad_xml' },
    { args: ['<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'], fault: 'bad_xml' },
  ],
  apply(run, text, lists = []) {
    run.reserveText(text.length);
    return readXml(text, { lists: new Set(lists.map(String)), tick: () => run.tick() });
  },
});
