import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWeft, type Person, type TestWeft } from '../../test/weft.ts';

interface Document {
  openapi: string;
  paths: Record<string, Record<string, {
    operationId: string;
    parameters: { name: string; in: string }[];
    security?: unknown;
    requestBody?: { content: Record<string, { schema?: { properties?: object } }> };
  }>>;
}

let weft: TestWeft;
let ada: Person;
beforeAll(async () => {
  weft = await startWeft();
  ada = await weft.claim();
});
afterAll(() => weft.stop());

test('the API describes itself, with what each route takes', async () => {
  const { body } = await ada.send<Document>('GET', '/openapi.json');
  expect(body.openapi).toBe('3.1.0');
  const publish = body.paths['/w/{workspace}/flows/{flow}/publish']?.['post'];
  expect(publish?.parameters.map(({ name }) => name)).toEqual(['workspace', 'flow']);
  expect(Object.keys(publish?.requestBody?.content['application/json']?.schema?.properties ?? {})).toEqual(expect.arrayContaining(['note', 'revision']));
  expect(publish?.security).toBeDefined();
  expect(body.paths['/health']?.['get']?.security).toBeUndefined();
  expect(body.paths['/w/{workspace}/runs']?.['get']?.parameters.filter(({ in: where }) => where === 'query').map(({ name }) => name)).toContain('cursor');
  const ids = Object.values(body.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
  expect(new Set(ids).size).toBe(ids.length);
});

test('the description is for people who are signed in', async () => {
  expect((await weft.stranger().send('GET', '/openapi.json')).status).toBe(401);
});
