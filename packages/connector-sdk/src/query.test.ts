import { expect, test } from 'vitest';
import { appendQuery, replaceParameter } from './query.ts';

const signed = 'https://api.example.com/a%2Fb/%7Euser?keyword=r%E4kki&sig=a%20b~c%2F%2b&flag&&x=1';
const changed = (change: (url: URL) => void, from = signed): string => {
  const url = new URL(from);
  change(url);
  return url.href;
};

test('what is added stands behind what is there, which stays byte for byte', () => {
  expect(changed((url) => appendQuery(url, ''))).toBe(signed);
  expect(changed((url) => appendQuery(url, 'q=tea+%26+cups'))).toBe(`${signed}&q=tea+%26+cups`);
  expect(changed((url) => appendQuery(url, 'x=2'))).toBe(`${signed}&x=2`);
  expect(changed((url) => appendQuery(url, '%C3%BC='), 'https://x.example/#top')).toBe('https://x.example/?%C3%BC=#top');
  expect(changed((url) => appendQuery(url, 'a=1'), 'https://x.example/?')).toBe('https://x.example/?a=1');
  expect(changed((url) => appendQuery(url, 'a=1'), 'https://x.example/?b&')).toBe('https://x.example/?b&a=1');
});

test('what takes the place of a parameter leaves the others as they are', () => {
  expect(changed((url) => replaceParameter(url, 'page', '2'))).toBe(`${signed}&page=2`);
  expect(changed((url) => replaceParameter(url, 'flag', 'on'))).toBe(signed.replace('&flag&', '&flag=on&'));
  expect(changed((url) => replaceParameter(url, 'a b', '2'), 'https://x.example/?a+b=1&sig=%e4&a%20b=3')).toBe('https://x.example/?a+b=2&sig=%e4');
});
