import { connector, operation } from '@weft/connector-sdk/testing';
import { emptyFlow, type FlowDocument } from '@weft/flow';
import { describe, expect, it } from 'vitest';
import { i18n } from '../locales/i18n.ts';
import { generalItems, logicItems, newStep, operationItems, searchItems, streamItems, type OperationItem } from './items.ts';

const http = connector({
  id: 'http',
  version: '1.2.0',
  title: 'HTTP',
  categories: ['Web'],
  operations: [
    operation('raw', { title: 'Send a raw request', visibility: 'advanced' }),
    operation('request', { title: 'Send an HTTP request', config: { type: 'object', properties: { method: { type: 'string', default: 'GET' } } } }),
    operation('request-all', { title: 'Read every page', description: 'Sends a request for each page' }),
    operation('cursor', { title: 'Next page', visibility: 'internal' }),
    operation('poll', { title: 'When a page changes', kind: 'trigger' }),
    operation('pages', {
      title: 'Items of a paged list',
      kind: 'source',
      output: { title: 'Item' },
      config: { type: 'object', properties: { size: { type: 'integer', default: 100 } } },
      stream: { role: 'source', resumable: true },
    }),
    operation('rows', { title: 'Rows of a CSV file', kind: 'source', output: { title: 'Row' }, stream: { role: 'source', resumable: true } }),
  ],
});

const t = i18n.getFixedT(null, 'step-kinds');
const items = operationItems([http]);
const byId = (id: string) => items.find((item) => item.id === id) as OperationItem;

describe('the palette', () => {
  it('offers what connectors offer, what is advanced last, and nothing that is internal to them', () => {
    expect(items.map(({ id }) => id)).toEqual(['http/request', 'http/request-all', 'http/poll', 'http/raw']);
  });

  it('finds by every word that was typed, titles that begin so first', () => {
    expect(searchItems(items, 'request').map(({ id }) => id)).toEqual(['http/request', 'http/raw', 'http/request-all']);
    expect(searchItems(items, 'web page').map(({ id }) => id)).toEqual(['http/request-all', 'http/poll']);
    expect(searchItems(items, 'banana')).toEqual([]);
  });

  it('makes a step that pins the connector’s version and starts with the form’s defaults', () => {
    const { id, step } = newStep(emptyFlow('Flow'), byId('http/request'));
    expect(id).toBe('http');
    expect(step).toEqual({
      kind: 'action',
      title: 'Send an HTTP request',
      use: { connector: 'http', version: '1.2.0', operation: 'request' },
      config: { method: 'GET' },
    });
  });

  it('gives a second step of a kind an id and a title of its own', () => {
    const first = newStep(emptyFlow('Flow'), byId('http/request'));
    const flow: FlowDocument = { ...emptyFlow('Flow'), steps: { [first.id]: first.step } };
    const second = newStep(flow, byId('http/request'));
    expect([second.id, second.step.title]).toEqual(['http2', 'Send an HTTP request 2']);
  });

  it('names the items of a second loop differently, so that one can be put into the other', () => {
    const loop = logicItems(t).find(({ id }) => id === 'logic/forEach')!;
    const first = newStep(emptyFlow('Flow'), loop);
    const flow: FlowDocument = { ...emptyFlow('Flow'), steps: { [first.id]: first.step } };
    expect(newStep(flow, loop).step).toMatchObject({ kind: 'forEach', as: 'item2' });
  });

  it('calls the trigger “trigger”, whatever starts the flow', () => {
    expect(newStep(emptyFlow('Flow'), byId('http/poll')).id).toBe('trigger');
  });

  it('offers sources as loops, found by what a person would call them', () => {
    const streams = streamItems([http], t);
    expect(streams.map(({ id, title }) => [id, title])).toEqual([
      ['stream/http/pages', 'Items of a paged list'],
      ['stream/http/rows', 'Rows of a CSV file'],
    ]);
    expect(searchItems(streams, 'large csv row').map(({ id }) => id)).toEqual(['stream/http/rows']);
  });

  it('makes a loop that begins with its source, names its record after it, and keeps records that fail', () => {
    const [pages, rows] = streamItems([http], t);
    const use = { connector: 'http', version: '1.2.0', operation: 'pages' };
    expect(newStep(emptyFlow('Flow'), pages!)).toEqual({
      id: 'each',
      step: { kind: 'forEach', title: 'Go through items of a paged list', as: 'item', source: { use, config: { size: 100 } }, onItemError: 'collect' },
    });
    expect(newStep(emptyFlow('Flow'), rows!).step).toMatchObject({ title: 'Go through rows of a CSV file', as: 'row' });
  });
});

describe('a search of the palette', () => {
  const api = connector({
    id: 'http',
    version: '1.0.0',
    title: 'HTTP',
    categories: ['Web'],
    operations: [
      operation('request', { title: 'Send an HTTP request', keywords: ['api', 'rest'], general: true }),
      operation('notify', { title: 'Notify somebody', description: 'Sends a text' }),
      operation('cron', { title: 'Run on a schedule', kind: 'trigger', keywords: ['cron', 'timer'] }),
    ],
  });
  const all = [...logicItems(t), ...operationItems([api])];
  const found = (text: string) => searchItems(all, text).map(({ id }) => id);

  it.each([
    ['if', 'logic/branch'],
    ['loop', 'logic/forEach'],
    ['foreach', 'logic/forEach'],
    ['for-each', 'logic/forEach'],
    ['loops', 'logic/forEach'],
    ['delay', 'logic/wait'],
    ['api', 'http/request'],
    ['rest', 'http/request'],
    ['cron', 'http/cron'],
    ['switch', 'logic/branch'],
    ['http', 'http/request'],
  ])('for “%s” has %s first', (text, id) => {
    expect(found(text)[0]).toBe(id);
  });

  it('takes two letters for the beginning of a word', () => {
    expect(found('if')).not.toContain('http/notify');
    expect(found('notif')).toEqual(['http/notify']);
  });

  it('finds nothing for a service without a step, and knows what reaches it', () => {
    expect(found('slack')).toEqual([]);
    expect(generalItems(all).map(({ id }) => id)).toEqual(['http/request']);
  });
});
