import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { connectors } from '@weft/connectors';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../../..');
const ids = connectors.map(({ descriptor }) => descriptor.id).join('|');

/** A place that does something for one connector only, in TypeScript or in SQL. A document that is written down names connectors behind a colon, and may. */
const asks = [
  new RegExp(String.raw`(?:\bconnector(?:Id)?|descriptor\.id)\b[^;,:()]{0,20}?(?:===?|!==?|=|<>)\s*['"\`](?:${ids})['"\`]`),
  new RegExp(String.raw`['"\`](?:${ids})['"\`]\s*(?:===?|!==?)\s*[\w.?!]*(?:connector|descriptor\.id)`),
  /switch \([^)]*(?:connector|descriptor\.id)\b/,
  new RegExp(String.raw`\[[^\]]*['"\`](?:${ids})['"\`][^\]]*\]\.includes\([\w.?!]*(?:connector|descriptor\.id)`),
  /from '@weft\/connectors/,
];

test.each([
  "if (use.connector === 'webhook') return;",
  "if (operation?.connector.id !== 'sql') return;",
  "where step.value ->> '$.use.connector' = 'webhook'",
  "const own = 'http' === step.use.connector;",
  'switch (trigger.use.connector) {',
  "if (['csv', 'xml'].includes(use.connector)) return;",
  "import { senders } from '@weft/connectors/webhook';",
])('%s is found', (line) => {
  expect(asks.some((pattern) => pattern.test(line))).toBe(true);
});

test.each([
  "use: { connector: 'webhook', version: '1.0.0', operation: 'receive' },",
  "if (trigger.strategy === 'webhook') return;",
  "connectors: ['manual', 'csv'],",
])('%s is none', (line) => {
  expect(asks.some((pattern) => pattern.test(line))).toBe(false);
});

test('nothing but the list of all connectors knows which there are', () => {
  const files = globSync('{apps/server,apps/web,packages/engine,packages/flow,packages/connector-sdk}/src/**/*.{ts,tsx}', { cwd: root });
  expect(files.length).toBeGreaterThan(500);
  const found = files
    .filter((file) => !/\.test\.tsx?$|\/testing\//.test(file) && file !== 'apps/server/src/compose/services.ts')
    .flatMap((file) =>
      readFileSync(resolve(root, file), 'utf8')
        .split('\n')
        .filter((line) => asks.some((pattern) => pattern.test(line)))
        .map((line) => `${file}: ${line.trim()}`),
    );
  expect(found).toEqual([]);
});
