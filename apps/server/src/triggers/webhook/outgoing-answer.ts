import type { ServerResponse } from 'node:http';
import { headerProblem, InputError } from '@weft/connector-sdk';
import { attachment, type FileContent, fileContent } from '@weft/connector-sdk/author';
import type { Answer } from '@weft/engine';
import { isObject, type Json, type JsonObject, jsonText, writeJson } from '@weft/json-schema';
import { verdictOn } from './answer-headers.ts';

/**
 * Flows answer on the origin of the whole product, so nothing a flow sends may act there: no scripts, no cookies, no storage, no
 * policy of its own.
 */
const sandbox = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data: https:";

/** Sends what a respond step gave, made harmless. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  const { status } = answer;
  if (!Number.isInteger(status) || status < 200 || status > 599) {
    sendJson(response, 500, { error: 'The flow answered with something that is no HTTP status.' });
    return;
  }
  const headers = allowedHeaders(answer.headers);
  const body = status === 204 || status === 304 ? undefined : bodyOf(answer, headers);
  headers['content-security-policy'] = sandbox;
  headers['x-content-type-options'] = 'nosniff';
  const sizeBytes = body === undefined ? 0 : Buffer.byteLength(body);
  if (body !== undefined) headers['content-length'] = sizeBytes;
  response.writeHead(status, headers);
  // Node writes the headers, which are Latin-1, in the encoding of a text beside them; and plain ASCII fastest as Latin-1.
  if (typeof body !== 'string') response.end(body);
  else if (sizeBytes === body.length) response.end(body, 'latin1');
  else response.end(Buffer.from(body));
}

/** What of an answer does not reach its caller as the flow gave it, in sentences. */
export function lostOfAnswer({ headers, body }: Answer): string[] {
  const lost: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    const key = name.toLowerCase();
    const verdict = verdictOn(key);
    if (verdict === 'connection') continue;
    const why = verdict === 'refused' ? 'a flow may not set it' : headerProblem(key, value);
    if (why !== undefined) lost.push(`The header “${name}” was left out of the answer: ${why}.`);
  }
  if (isLikeFile(body) && !fileIn(body)) lost.push('The body looks like a file, but its content is no base64: it was answered as JSON.');
  return lost;
}

export function sendJson(response: ServerResponse, status: number, value: Json, headers: Record<string, string> = {}): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    ...headers,
  });
  response.end(body);
}

function allowedHeaders(given: Record<string, string>): Record<string, string | number> {
  const headers: Record<string, string | number> = {};
  for (const name in given) {
    const key = name.toLowerCase();
    const value = given[name];
    // Names and values come out of mappings: what HTTP cannot carry is left out, and the run says so.
    if (value !== undefined && verdictOn(key) === 'sent' && headerProblem(key, value) === undefined) headers[key] = value;
  }
  return headers;
}

/** A file and a text stay what they are where the flow does not say that it is JSON; the type is filled in where the flow says nothing. */
function bodyOf({ body, exact }: Answer, headers: Record<string, string | number>): string | Uint8Array | undefined {
  if (body === undefined) return undefined;
  const type = headers['content-type'];
  const saysJson = typeof type === 'string' && /\bjson\b/i.test(type);
  if (typeof body === 'string' && !saysJson) {
    headers['content-type'] ??= 'text/plain; charset=utf-8';
    return body;
  }
  const file = saysJson ? undefined : fileIn(body);
  if (file) {
    headers['content-type'] ??= file.contentType;
    if (isObject(body) && typeof body['fileName'] === 'string') headers['content-disposition'] ??= attachment(file.fileName);
    return file.bytes;
  }
  headers['content-type'] ??= 'application/json';
  return exact ? writeJson(body, exact) : jsonText(body);
}

const fileFields = new Set(['fileName', 'contentType', 'sizeBytes', 'base64']);

/** The file that a body is, where it is nothing else. */
function fileIn(body: Json): FileContent | undefined {
  if (!isLikeFile(body)) return undefined;
  try {
    return fileContent(body, ['body']);
  } catch (error) {
    // No base64, so no file.
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

const isLikeFile = (body: Json | undefined): body is JsonObject =>
  isObject(body) && typeof body['base64'] === 'string' && Object.keys(body).every((name) => fileFields.has(name));
