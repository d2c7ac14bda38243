import { expect, test } from 'vitest';
import { ownPath } from './own-path.ts';

test.each(['/', '/w/ws_1/flows', '/w/ws_1/runs?status=failed&search=a%2Fb', '/settings#password'])('coming back to %s is allowed', (path) => {
  expect(ownPath(path)).toBe(path);
});

test.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  'evil.example',
  '',
])('%j leads away and is dropped', (path) => {
  expect(ownPath(path)).toBeUndefined();
});
