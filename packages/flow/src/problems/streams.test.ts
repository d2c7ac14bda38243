import { describe, expect, it } from 'vitest';
import { operation } from '@weft/connector-sdk/testing';
import { catalogueOf } from '../catalogue.ts';
import { problems } from './problems.ts';
import { outputSchemaOf, sampleScope, sourcesOf, targetOf } from '../schemas/view-of.ts';
import { flowOf, forEach, http, mappingOf, path, respond, transform, webhook } from '../testing/flow-builder.ts';
import { testCatalogue } from '../testing/test-catalogue.ts';

const files = operation('rows', {
  kind: 'source',
  title: 'Rows of a file',
  effect: 'read',
  config: {
    type: 'object',
    properties: { file: { type: 'string', title: 'File' }, goOn: { type: 'string', title: 'Go on', default: 'key' } },
    required: ['file'],
  },
  input: { type: 'object', properties: { since: { type: 'string', title: 'Since' } } },
  output: { type: 'object', 'x-open': true },
  stream: { role: 'source', resumable: true, unless: { config: 'goOn', is: 'none' } },
  samples: [{ title: 'A row', output: { sku: 'x' } }],
});
const blind = operation('blind', { title: 'Blind sink', stream: { role: 'sink', resumable: false } });
const sound = operation('sound', { title: 'Sound sink', stream: { role: 'sink', resumable: true } });

const [webhookConnector, httpConnector] = [
  { connector: 'webhook', version: '1.0.0', operation: 'receive' },
  { connector: 'http', version: '1.0.0', operation: 'request' },
].map((use) => testCatalogue.connector(use)!);
const catalogue = catalogueOf([webhookConnector!, httpConnector!, { ...httpConnector!, id: 'files', title: 'Files', operations: [files, blind, sound] }]);
const refTo = (id: string) => ({ connector: 'files', version: '1.0.0', operation: id });

const overFile = (changes: object = {}, source: object = {}) =>
  forEach({ items: undefined, as: 'row', source: { use: refTo('rows'), config: { file: 'a.csv' }, ...source }, ...changes });
const shape = transform({ in: 'lines', input: mappingOf({ sku: path('row', 'sku') }) });
const found = (steps: Record<string, ReturnType<typeof forEach>>) =>
  problems(
    flowOf({ trigger: webhook(), ...steps }, ['trigger → lines']),
    catalogue,
  ).map(({ code, severity, stepId, path: at }) => [code, severity, stepId, at?.join('.')]);

describe('a loop over a stream', () => {
  it('that is complete has no problems, and needs no list', () => {
    expect(found({ lines: overFile(), shape })).toEqual([]);
  });

  it('is told what its source needs, at its place', () => {
    expect(found({ lines: overFile({}, { config: {} }), shape })).toEqual([['config.required', 'error', 'lines', 'source.config.file']]);
    expect(found({ lines: overFile({}, { use: refTo('sound') }), shape })).toContainEqual(['operation.kind', 'error', 'lines', 'source.use']);
    expect(found({ lines: overFile({}, { use: refTo('gone') }), shape })).toContainEqual(['operation.unknown', 'error', 'lines', 'source.use']);
    expect(found({ lines: overFile({}, { input: mappingOf({ since: path('gone', 'x') }) }), shape })).toContainEqual([
      'mapping.sourceGone',
      'error',
      'lines',
      expect.stringMatching(/^source\.input/),
    ]);
  });

  it('warns where it would begin again, and where a repeated batch would act twice', () => {
    expect(found({ lines: overFile({}, { config: { file: 'a', goOn: 'none' } }), shape })).toEqual([
      ['stream.restarts', 'warning', 'lines', 'source.config.goOn'],
    ]);
    expect(found({ lines: overFile(), out: http({ in: 'lines', use: refTo('blind'), config: {}, input: mappingOf({}) }) })).toEqual([
      ['stream.unsafe', 'warning', 'out', 'use'],
    ]);
    expect(found({ lines: overFile(), out: http({ in: 'lines', use: refTo('sound'), config: {}, input: mappingOf({}) }) })).toEqual([]);
  });

  it('has nothing inside that answers, or reads another stream', () => {
    expect(found({ lines: overFile(), answer: respond({ in: 'lines' }) })).toContainEqual(['stream.refused', 'error', 'answer', 'in']);
    expect(found({ lines: overFile(), inner: overFile({ in: 'lines', as: 'other' }) })).toContainEqual(['stream.refused', 'error', 'inner', 'in']);
  });

  it('says what its record looks like: as it was read, as it was seen, or as the operation shows', () => {
    const flow = (source: object) => flowOf({ trigger: webhook(), lines: overFile({}, source), shape }, ['trigger → lines']);
    const record = (source: object) => sourcesOf(flow(source), 'shape', catalogue).find(({ id }) => id === 'row');
    expect(record({})).toMatchObject({ kind: 'loop', sample: { sku: 'x' }, real: false });
    expect(record({ record: { type: 'object', properties: { n: { type: 'string' } } } })?.schema).toMatchObject({ properties: { n: { type: 'string' } } });
    expect(record({ samples: [{ title: 'Seen', output: { n: 1 } }] })).toMatchObject({
      sample: { n: 1 },
      real: true,
      schema: { properties: { n: { type: 'integer' } } },
    });
    expect(sampleScope(flow({}), 'shape', catalogue)).toMatchObject({ row: { sku: 'x' } });
    expect(targetOf(flow({}), 'lines', catalogue)).toMatchObject({ properties: { since: { type: 'string' } } });
    expect(outputSchemaOf(flow({}), 'lines', catalogue).required).toEqual(['read', 'succeeded', 'failed', 'skipped', 'seconds']);
  });
});
