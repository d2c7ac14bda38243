import type { Json } from '@weft/json-schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MappingFault } from '../fault.ts';
import { readXml } from './read-xml.ts';
import { writeXml } from './write-xml.ts';

describe('XML is read', () => {
  test.each<[string, Json]>([
    ['<a/>', { a: '' }],
    ['<a></a>', { a: '' }],
    ['<a> x </a>', { a: ' x ' }],
    ['\ufeff<?xml version="1.0"?>\r\n<!-- <b> --><a\n x = "1"\ty=\'"2"\' >t</a >\n<?pi?>', { a: { '@x': '1', '@y': '"2"', '#text': 't' } }],
    [
      '<soap:Envelope xmlns:soap="http://x"><soap:Body>\n  <n>1</n>\n</soap:Body></soap:Envelope>',
      { 'soap:Envelope': { '@xmlns:soap': 'http://x', 'soap:Body': { n: '1' } } },
    ],
    ['<a>one<b/>two</a>', { a: { b: '', '#text': 'onetwo' } }],
    ['<a><b>1</b><c/><b>2</b><b/></a>', { a: { b: ['1', '2', ''], c: '' } }],
    ['<a>&lt;&#38;&#x20AC;&apos;<![CDATA[<b>&amp;]]]]>&gt;</a>', { a: "<&€'<b>&amp;]]>" }],
    ['<a x="&quot;&#10;&lt;"/>', { a: { '@x': '"\n<' } }],
    ['<größe>ü</größe>', { größe: 'ü' }],
    ['<a b=">"/>', { a: { '@b': '>' } }],
    ['<constructor><toString>1</toString></constructor>', { constructor: { toString: '1' } }],
  ])('%j', (xml, value) => {
    expect(readXml(xml)).toEqual(value);
  });

  test('with lists where they are named', () => {
    const lists = new Set(['line']);
    expect([readXml('<o><line>1</line></o>', { lists }), readXml('<o/>', { lists })]).toEqual([{ o: { line: ['1'] } }, { o: '' }]);
  });

  test.each([
    '',
    ' ',
    'text',
    '<a>',
    '</a>',
    '<a></b>',
    '<a/><b/>',
    '<a/>x',
    'x<a/>',
    '<a',
    '<a b/>',
    '<a b=c/>',
    '<a b="1" b="2"/>',
    '<a b="<"/>',
    '<a>&e;</a>',
    '<a>&amp</a>',
    '<a>&#0;</a>',
    '<a>&#xD800;</a>',
    '<a>&#x110000;</a>',
    '<1a/>',
    '<!-- ',
    '<a><![CDATA[x</a>',
    '<![CDATA[x]]><a/>',
    '<!DOCTYPE a><a/>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
    '<__proto__/>',
    '<a __proto__="1"/>',
    `${'<a>'.repeat(65)}${'</a>'.repeat(65)}`,
  ])('only where it is some: %#', (xml) => {
    expect(() => readXml(xml)).toThrow(MappingFault);
  });

  // Whatever looks back at each piece would take minutes.
  test.each([
    '<a ', '<a>', '&amp;', '<!--', '<a b="', '</a>', '<a/>', "<a b='>", '<![CDATA[', ' ',
  ])('in one pass, of a million signs of %j as well', (piece) => {
    expect(thrownBy(() => readXml(`<r>${piece.repeat(1_000_000 / piece.length)}`))).toBeInstanceOf(MappingFault);
  });

  test('or refused with a fault, whatever it is', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      ' ',
      '"',
      "'",
      '=',
      '&',
      ';',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      '<a>',
      '</a>',
      '#',
      'x',
      '\r',
      '\0',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const read = () => readXml(parts.join(''));
        expect([undefined, MappingFault]).toContain(thrownBy(read)?.constructor);
      }),
      { numRuns: 500 },
    );
  });
});

function thrownBy(work: () => unknown): object | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as object;
  }
}

describe('XML is written', () => {
  test.each<[Json, string]>([
    [{ a: null }, '<a/>'],
    [{ a: { '@x': true, '@none': null, '#text': 1.5, b: [], c: ['x', null] } }, '<a x="true">1.5<c>x</c><c/></a>'],
    [{ a: 'a<b> & "c"\r\n' }, '<a>a&lt;b&gt; &amp; "c"&#13;\n</a>'],
    [{ a: { '@x': '"\n' } }, '<a x="&quot;&#10;"/>'],
  ])('%j', (value, xml) => {
    expect(writeXml(value)).toBe(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`);
  });

  test.each<[Json]>([
    [null],
    ['a'],
    [[]],
    [{}],
    [{ a: 1, b: 2 }],
    [{ a: [1] }],
    [{ a: { b: [[1]] } }],
    [{ 'a b': 1 }],
    [{ a: { '@': 1 } }],
    [{ a: { '@x': {} } }],
    [{ a: '\0' }],
    [{ a: '\ud800' }],
  ])('only what it can say: %j', (value) => {
    expect(() => writeXml(value)).toThrow(MappingFault);
  });

  test('and read again is what it was', () => {
    const name = fc.stringMatching(/^[a-zß_][a-z0-9.-]{0,4}$/);
    const text = fc.string({ unit: fc.constantFrom('a', '<', '&', '>', '"', "'", ' ', '\n', '\r', '\t', ']', '€', '🧺', ';'), maxLength: 8 });
    const { element } = fc.letrec<{ element: Json }>((tie) => ({
      element: fc.oneof(
        { depthSize: 'small' },
        text,
        fc
          .record({
            attributes: fc.dictionary(name, text, { maxKeys: 2 }),
            text: fc.option(text.filter((given) => /\S/.test(given))),
            children: fc.dictionary(name, fc.oneof(tie('element'), fc.array(tie('element'), { minLength: 2, maxLength: 3 })), { maxKeys: 3 }),
          })
          .filter(({ attributes, children }) => Object.keys(attributes).length + Object.keys(children).length > 0)
          .map(({ attributes, text: own, children }): Json => ({
            ...Object.fromEntries(Object.entries(attributes).map(([key, value]) => [`@${key}`, value])),
            ...(own !== null && { '#text': own }),
            ...children,
          })),
      ),
    }));
    fc.assert(
      fc.property(name, element, (root, value) => {
        expect(readXml(writeXml({ [root]: value }))).toEqual({ [root]: value });
      }),
    );
  });
});
