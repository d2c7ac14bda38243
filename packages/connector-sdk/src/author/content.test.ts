import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attachment, charsetOf, contentKind, declaredText, isNothing, jsonTextIn, readDisposition, textIn, UnknownCharset } from './index.ts';

const hexOf = (text: string | undefined) => text === undefined ? undefined : Buffer.from(text).toString('hex');

describe('what a content type says', () => {
  test.each([
    ['application/json', 'json'],
    ['APPLICATION/JSON;charset="UTF-8"', 'json'],
    ['text/json', 'json'],
    ['application/vnd.api+json', 'json'],
    ['application/cloudevents+json; charset=utf-8', 'json'],
    ['application/x-www-form-urlencoded; charset=windows-1252', 'form'], ['multipart/form-data; boundary=x', 'multipart'],
    ['text/plain', 'text'],
    ['text/html; charset=utf-8', 'text'],
    ['application/atom+xml', 'text'],
    ['application/xml', 'text'],
    ['image/svg+xml', 'text'],
    ['application/x-ndjson', 'text'],
    ['image/png', 'file'],
    ['application/pdf', 'file'],
    ['application/gzip', 'file'],
    ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'file'],
    [undefined, 'unknown'],
    ['', 'unknown'],
    ['application/octet-stream', 'unknown'],
    ['application/x-thing', 'unknown'],
    ['application/csv', 'unknown'],
    ['multipart/related', 'unknown'],
    ['application/jsonp', 'unknown'],
  ])('%s → %s', (type, kind) => {
    expect(contentKind(type)).toBe(kind);
  });

  test('its character set', () => {
    expect([
      charsetOf('text/plain; Charset="ISO-8859-1"'),
      charsetOf('text/plain;charset=utf-8; x=1'),
      charsetOf('text/plain'),
    ]).toEqual(['ISO-8859-1', 'utf-8', undefined]);
  });
});

test.each([['', true], [' \r\n\t', true], ['\ufeff', true], ['\ufeff \n', true], ['0', false], [' null', false]])('%j is nothing: %s', (text, nothing) => {
  expect(isNothing(Buffer.from(text))).toBe(nothing);
});

test.each<[Buffer, string | undefined, string | undefined]>([
  [Buffer.from('é'), 'ISO-8859-1', 'é'],
  [Buffer.from('é', 'latin1'), 'iso-8859-1', 'é'],
  [Buffer.from('é', 'utf16le'), 'utf-16le', 'é'],
  [Buffer.from([0x83, 0x65]), 'shift_jis', 'テ'],
  [Buffer.from('é', 'latin1'), undefined, undefined],
])('JSON is UTF-8 where it can be: %j in %s', (bytes, charset, text) => {
  expect(jsonTextIn(bytes, charset)).toBe(text);
});

describe('a document that names its own character set', () => {
  test.each([
    ['text/xml', '<?xml version="1.0" encoding="ISO-8859-1"?><a>José</a>'],
    ['application/soap+xml', "\n<?xml version='1.0' standalone='yes' encoding='windows-1252' ?><a>José</a>"],
    ['text/html', '<!doctype html><html><head><meta charset=windows-1252></head>José</html>'],
    ['text/html', '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">José'],
  ])('is read in it: %s %s', (type, text) => {
    expect(declaredText(Buffer.from(text, 'latin1'), type)).toBe(text);
  });

  test.each([
    ['text/plain', '<?xml version="1.0" encoding="ISO-8859-1"?>é'],
    ['text/xml', '<?xml version="1.0"?><a encoding="ISO-8859-1">é</a>'],
    ['text/xml', '<?xml version="1.0" encoding="x-nobody-knows"?>é'],
    ['text/html', 'charset=iso-8859-1 é'],
  ])('is none: %s %s', (type, text) => {
    expect(declaredText(Buffer.from(text, 'latin1'), type)).toBeUndefined();
  });
});

describe('bytes as text', () => {
  test.each<[number[], string | undefined, string | undefined]>([
    [[0xef, 0xbb, 0xbf, 0x61], undefined, 'a'],
    [[0xe9], undefined, undefined],
    [[0xe9], 'iso-8859-1', 'é'],
    [[0xa4], 'ISO-8859-15', '€'],
    [[0xff, 0xfe, 0x61, 0], undefined, 'a'],
    [[0xfe, 0xff, 0, 0x61], 'utf-8', 'a'],
    [[0xff], 'shift_jis', undefined],
    [[0xc3, 0xa9], 'us-ascii', 'é'],
    [[0xe9], 'US-ASCII', undefined],
  ])('%j in %s', (bytes, charset, text) => {
    expect(textIn(Uint8Array.from(bytes), charset)).toBe(text);
  });

  test('in a character set that nobody knows', () => {
    expect(() => textIn(Uint8Array.of(1), 'klingon')).toThrow(UnknownCharset);
  });

  test('are never changed without a word', () => {
    const unmarked = fc.uint8Array({ maxLength: 40 }).filter(([first = 0]) => first < 0xef);
    fc.assert(
      fc.property(unmarked, (bytes) => {
        expect([Buffer.from(bytes).toString('hex'), undefined]).toContain(hexOf(textIn(bytes)));
      }),
    );
  });
});

describe('names of files', () => {
  test.each([
    [`attachment; filename="Rechnung.pdf"; filename*=UTF-8''Rechnung%20%C3%84rger%20%E2%82%AC.pdf`, 'Rechnung Ärger €.pdf'],
    [`attachment; filename*=ISO-8859-1''Jos%E9.pdf`, 'José.pdf'],
    [`attachment; filename*=windows-1252'en'%80.pdf`, '€.pdf'],
    [`attachment; filename*=klingon''x.pdf; filename=plain.pdf`, 'plain.pdf'],
    [`attachment; filename*=UTF-8''%E9; filename="plain.pdf"`, 'plain.pdf'],
    ['attachment; filename="..\\\\..\\\\etc/passwd"', 'passwd'],
    ['attachment; filename="C:\\temp\\a.txt"', 'a.txt'],
    ['attachment; filename="a \\"b\\".pdf"', 'a "b".pdf'],
    [Buffer.from('attachment; filename="Größe.pdf"').toString('latin1'), 'Größe.pdf'],
    ['attachment; filename="Gr\u00f6\u00dfe.pdf"', 'Größe.pdf'],
    ['attachment; filename=a b.pdf; size=3', 'a b.pdf'],
    ['attachment', undefined],
    [undefined, undefined],
  ])('%s', (header, fileName) => {
    expect(readDisposition(header).fileName).toBe(fileName);
  });

  test('come back as they were written', () => {
    const names = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((name) => !/[/\\\p{Cc}]/u.test(name) && name.trim() === name);
    fc.assert(
      fc.property(names, (name) => {
        const header = attachment(name);
        expect(header).toMatch(/^[\x20-\x7e]*$/);
        expect(readDisposition(header).fileName).toBe(name);
      }),
    );
  });
});
