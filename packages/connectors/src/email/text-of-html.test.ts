import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textOfHtml } from './text-of-html.ts';

test.each([
  ['<p>Hello <b>Ada</b>,</p><p>your order &amp; invoice.</p>', 'Hello Ada,\n\nyour order & invoice.'],
  ['one<br>two<br/>three', 'one\ntwo\nthree'],
  ['<ul><li>Tea</li><li>Cup</li></ul>', '- Tea\n\n- Cup'],
  ['<a href="https://example.com/x?a=1&amp;b=2">Track it</a> today', 'Track it (https://example.com/x?a=1&b=2) today'],
  ['<a href=https://example.com>https://example.com</a>', 'https://example.com'],
  ['<style>p{color:red}</style><script>alert("<p>")</script><p>Only this</p>', 'Only this'],
  ['<!-- <p>no</p> -->yes &#8364; &#x20AC; &unknown; &#0;', 'yes € € &unknown; &#0;'],
  ['<table><tr><td>1</td><td>Tea</td></tr></table>', '1\tTea'],
  ['5 < 6 and', '5'],
  ['', ''],
])('%j reads as %j', (html, text) => {
  expect(textOfHtml(html)).toBe(text);
});

test('any text is read, in time that grows with its length', () => {
  fc.assert(
    fc.property(fc.string(), (html) => {
      expect(typeof textOfHtml(html)).toBe('string');
    }),
  );
  for (const piece of ['<', '<a', '<!--', '&', '<p>', '<a href="']) expect(textOfHtml(piece.repeat(100_000)).length).toBeLessThan(1_000_000);
});
