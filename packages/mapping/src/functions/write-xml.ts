import { writeXml as write } from '../xml/write-xml.ts';
import { defineFunction } from './define-function.ts';

export const writeXml = defineFunction({
  name: 'writeXml',
  category: 'convert',
  title: 'Write XML',
  description: 'Writes an object with one field as an XML text: the field is the outermost element, @name an attribute, #text the text of an element that has more.',
  parameters: [{ name: 'value', title: 'Value', type: 'any' }],
  returns: 'text',
  examples: [
    {
      args: [{ order: { '@id': 7, line: ['a', 'b & c'] } }],
      result: '<?xml version="1.0" encoding="UTF-8"?>\n<order id="7"><line>a</line><line>b &amp; c</line></order>',
    },
    { args: [{ a: 1, b: 2 }], fault: 'bad_xml' },
    { args: [{ 'no name': 1 }], fault: 'bad_xml' },
  ],
  apply: (run, value) => run.text(write(value ?? null)),
});
