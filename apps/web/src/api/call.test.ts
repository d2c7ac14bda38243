import { expect, test } from 'vitest';
import { ApiError } from './api-error.ts';
import { problemOf, urlOf } from './call.ts';

test('parameters of a path are escaped', () => {
  expect(urlOf('GET /w/:workspace/files/:name', { workspace: 'ws_1', name: 'a/b & ü?.csv' })).toBe('/api/v1/w/ws_1/files/a%2Fb%20%26%20%C3%BC%3F.csv');
});

test('a query leaves out what is empty', () => {
  expect(urlOf('GET /w/:workspace/runs', { workspace: 'ws_1' }, { status: 'failed', search: '', flow: undefined })).toBe('/api/v1/w/ws_1/runs?status=failed');
  expect(urlOf('GET /w/:workspace/runs', { workspace: 'ws_1' })).toBe('/api/v1/w/ws_1/runs');
});

test('a refused request says what the server says, also per field', async () => {
  const problem = {
    type: 'about:blank',
    title: 'Check',
    status: 400,
    code: 'input.invalid',
    detail: 'One field is wrong.',
    issues: [{ path: ['a', 'b'], message: 'Too short.' }],
  };
  const error = new ApiError(await problemOf(Response.json(problem, { status: 400 })));
  expect(error.message).toBe('One field is wrong.');
  expect(error.code).toBe('input.invalid');
  expect(error.issueAt('a', 'b')).toBe('Too short.');
  expect(error.issueAt('a')).toBeUndefined();
});

test.each([
  [413, 'This is larger than the server accepts.'],
  [418, 'The server answered with the unexpected status 418. Try again.'],
])('a page of something in between (%d) becomes a sentence', async (status, sentence) => {
  expect((await problemOf(new Response('<h1>nginx</h1>', { status }))).detail).toBe(sentence);
  expect((await problemOf(new Response('', { status }))).detail).toBe(sentence);
  expect((await problemOf(new Response('[1]', { status }))).detail).toBe(sentence);
});
