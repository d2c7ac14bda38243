import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { i18n } from './i18n.ts';

const source = new URL('..', import.meta.url).pathname;

/** Every literal key whose namespace is plain: named in the key, or the only one the file uses. */
const usedKeys = globSync('**/*.{ts,tsx}', { cwd: source })
  .filter((path) => !path.includes('.test.'))
  .flatMap((path) => {
    const text = readFileSync(`${source}/${path}`, 'utf8');
    const namespaces = new Set([...text.matchAll(/useTranslation\('(\w[\w-]*)'\)/g)].map(([, name]) => name));
    const [namespace] = namespaces;
    return [...text.matchAll(/(?<![\w.])(?:i18n\.)?t\(\s*'([^']+)'/g)]
      .map(([, key = '']) => ({ path, key: key.includes(':') || namespaces.size !== 1 ? key : `${namespace}:${key}` }))
      .filter(({ key }) => key.includes(':'));
  });

test('every word the interface asks for exists in English', () => {
  const missing = usedKeys.filter(({ key }) => !i18n.exists(key, { count: 1 }));
  expect(missing).toEqual([]);
});
