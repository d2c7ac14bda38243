import { connectors } from '@weft/connectors';
import { catalogueOf, problems, type FlowDocument } from '@weft/flow';
import { expect, test } from 'vitest';
import { triggerProblems } from '../strategies.ts';

const catalogue = catalogueOf(connectors.map(({ descriptor }) => descriptor));

const scheduled = (config: Record<string, string>): FlowDocument => ({
  format: 'weft.flow/1',
  title: 'At night',
  steps: { trigger: { kind: 'trigger', title: 'Run on a schedule', use: { connector: 'schedule', version: '1.0.0', operation: 'cron' }, config } },
  edges: [],
  layout: {},
  notes: [],
});
const marked = (config: Record<string, string>) =>
  problems(scheduled(config), catalogue).filter(({ path }) => path?.[0] === 'config').map(({ path, message }) => [path?.at(-1), message]);
const found = (config: Record<string, string>) =>
  triggerProblems(scheduled(config), catalogue).map(({ severity, path, message }) => [severity, path?.at(-1), message]);

test.each(['0 7 * * 1-5', '0 0 29 2 *', '0 0 31 * *'])('nothing is wrong with %s', (cron) => {
  expect(found({ cron, timezone: 'Europe/Berlin' })).toEqual([]);
});

test.each(['0 0 30 2 *', ' 0 0 31 4,6 * '])('“%s” never comes, and that is said before it is published', (cron) => {
  expect(found({ cron })).toEqual([['error', 'cron', `"${cron.trim()}" never comes, so this flow would never run. Choose another day or month.`]]);
});

test('what cannot be read is said at its field', () => {
  expect(found({ cron: 'every day' })).toEqual([['error', 'cron', expect.stringContaining('five parts')]]);
});

test('a time zone that does not exist is marked while the flow is edited', () => {
  expect(marked({ timezone: 'Madr' })).toEqual([['timezone', '“Run on a schedule”: “Time zone” must be a time zone such as Europe/Oslo.']]);
  expect(marked({ timezone: 'Europe/Madrid' })).toEqual([]);
});
