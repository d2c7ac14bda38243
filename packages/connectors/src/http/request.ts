import { headerProblem, type HttpResponse, InputError } from '@weft/connector-sdk';
import { appendQuery, brokenAnswer, choice, defineAction, errorForAnswer, openJson, placesInside, type Scalar } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { failures } from './failures.ts';
import { formFields, type ListSpelling, writeFields } from './form-fields.ts';
import { readAnswer } from './read-answer.ts';
import { sendBody } from './send-body.ts';

const scalars = [z.string(), z.number(), z.boolean(), z.null()];
const oneOrMore = z.record(z.string(), z.union([...scalars, z.array(z.union(scalars))]));
const headersToSend = oneOrMore.meta({ title: 'Headers', description: 'A list is sent as one header with commas.', 'x-widget': 'keyValue' });
const writes = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Calls any HTTP address. */
export const request = defineAction({
  id: 'request',
  title: 'Send an HTTP request',
  description: 'Calls an address and hands on what it answers.',
  summary: '{config.method} {input.url}',
  keywords: ['api', 'rest', 'call', 'url', 'fetch', 'curl', 'graphql', 'json', 'endpoint', 'webservice', 'get', 'post', 'upload', 'download'],
  general: true,
  connection: 'optional',
  effect: 'write',
  idempotency: { kind: 'header', key: 'Idempotency-Key' },
  // RFC 9110 §9.2: GET, HEAD and OPTIONS change nothing; PUT and DELETE change the same thing once.
  effectBy: {
    config: 'method',
    values: {
      GET: { effect: 'read' },
      HEAD: { effect: 'read' },
      OPTIONS: { effect: 'read' },
      PUT: { effect: 'write', idempotency: { kind: 'natural' } },
      DELETE: { effect: 'delete', idempotency: { kind: 'natural' } },
    },
  },
  config: z.object({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS']).meta({ title: 'Method' }).default('GET'),
    timeoutSeconds: z.int().min(1).max(300).meta({ title: 'Time-out (seconds)', description: 'For the whole answer to one call.' }).default(30),
    bodyFormat: choice(
      { json: 'JSON', form: 'Form fields', multipart: 'Form fields and files (multipart)', text: 'Text, as it is', file: 'A file' },
      { title: 'Send the body as' },
    ).default('json'),
    lists: choice(
      {
        usual: 'tag=a&tag=b in the query, tag[]=a&tag[]=b in a form',
        repeat: 'tag=a&tag=b',
        brackets: 'tag[]=a&tag[]=b',
        indices: 'tag[0]=a&tag[1]=b',
        comma: 'tag=a,b',
      },
      { title: 'Lists in the query and in forms', description: 'How the service wants a list of values written.', 'x-more': true },
    ).default('usual'),
    responseFormat: choice(
      { auto: 'As the answer says', json: 'JSON', text: 'Text', binary: 'A file' },
      { title: 'Read the answer as' },
    ).default('auto'),
    failOnErrorStatus: z.boolean()
      .meta({
        title: 'Fail when the answer is an error',
        description: 'A status of 400 or more fails the step. Switch it off to look at the status in the flow.',
      })
      .default(true),
    followRedirects: z.boolean()
      .meta({ title: 'Follow redirects', description: 'Up to five, each checked again. Credentials stay behind where one leads to another host.' })
      .default(true),
  }),
  input: z.object({
    url: z.url().meta({ title: 'Address', description: 'The complete address.', examples: ['https://api.example.com/orders'] }),
    query: oneOrMore
      .meta({
        title: 'Query',
        description: 'Added to the address behind the ?. A list is sent as the same name several times, unless the settings say otherwise; null is left out.',
        'x-widget': 'keyValue',
      })
      .optional(),
    headers: headersToSend.optional(),
    body: openJson({
      title: 'Body',
      description: 'What is sent. Most services expect none with GET. To send a file, map the one that an earlier step gives.',
    }).optional(),
  }),
  output: z.object({
    status: z.int().meta({ title: 'Status', description: '200 to 299 is success.' }),
    url: z.string().meta({ title: 'Address', description: 'Where the answer came from, after redirects.' }),
    headers: z
      .object({
        'set-cookie': z.array(z.string()).optional().meta({ title: 'Cookies', description: 'Each that the answer, or a redirect before it, has set.' }),
      })
      .catchall(z.string())
      .meta({ title: 'Headers', description: 'Names are in lower case. What came several times is one text with commas; cookies are a list.' }),
    body: openJson({
      title: 'Body',
      description: 'What was answered: JSON, text, or a file that later steps can take as it is; null when that is nothing.',
    }),
  }),
  outputSource: 'learned',
  failures: [...failures, brokenAnswer()],
  samples: [
    {
      title: 'Read an order',
      config: { method: 'GET' },
      input: { url: 'https://api.example.com/orders/1001' },
      output: {
        status: 200,
        url: 'https://api.example.com/orders/1001',
        headers: { 'content-type': 'application/json' },
        body: { id: '1001', state: 'open', total: '21.00' },
      },
    },
    {
      title: 'Create an order',
      config: { method: 'POST' },
      input: { url: 'https://api.example.com/orders', headers: { 'x-source': 'weft' }, body: { customer: 'Ada', lines: [{ sku: 'TEA-01', quantity: 2 }] } },
      output: {
        status: 201,
        url: 'https://api.example.com/orders',
        headers: { 'content-type': 'application/json', location: '/orders/1002' },
        body: { id: '1002' },
      },
    },
  ],

  async run({ http, signal, idempotencyKey, warn, exact }, input, config) {
    const url = addressOf(input.url, input.query, config.lists);
    const headers = textHeaders(input.headers);
    const body = sendBody(input.body, config.bodyFormat, { lists: config.lists, exact: placesInside(exact, 'body') });
    // A form's boundary stands in its content type, so one written by hand cannot be right.
    if (body !== undefined) headers['content-type'] = config.bodyFormat === 'multipart' ? body.contentType : (headers['content-type'] ?? body.contentType);
    if (writes.has(config.method)) headers['idempotency-key'] ??= idempotencyKey;

    const answer = await within(config.timeoutSeconds * 1_000, signal, (ending) =>
      http.request({
        method: config.method,
        url: url.href,
        addressField: ['input', 'url'],
        headers,
        body: body?.bytes,
        signal: ending,
        ...(!config.followRedirects && { maxRedirects: 0 }),
      }),
    );
    const failed = config.failOnErrorStatus ? errorForAnswer(answer) : undefined;
    if (failed !== undefined) throw failed;
    if (answer.method !== undefined && answer.method !== config.method) warn(becameAnother(answer, config.method));
    return { status: answer.status, url: answer.url, headers: headersOf(answer), body: readAnswer(answer, config.responseFormat, warn) };
  },
});

/** As `AbortSignal.timeout` does, but gone with the work: a loop would keep the timers of all its calls for as long as each may take. */
async function within<T>(timeoutMs: number, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const own = new AbortController();
  const stop = () => own.abort(signal.reason);
  const timer = setTimeout(() => own.abort(new DOMException('The time is up.', 'TimeoutError')), timeoutMs);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    return await work(own.signal);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

export function addressOf(text: string, query: Record<string, Scalar | Scalar[]> = {}, lists: ListSpelling = 'usual'): URL {
  const url = URL.parse(text.trim());
  if (url === null || url.host === '') {
    throw new InputError(['input', 'url'], 'This is not a complete address. It should look like https://api.example.com/orders.');
  }
  if (url.username !== '' || url.password !== '') {
    throw new InputError(['input', 'url'], 'The address carries a user name or password. Remove it there and choose a connection instead, so it stays secret.');
  }
  appendQuery(url, writeFields(Object.entries(query).flatMap(([name, value]) => formFields(name, value, lists === 'usual' ? 'repeat' : lists))));
  return url;
}

/** @throws {InputError} at the header that HTTP cannot carry. */
export function textHeaders(given: Record<string, Scalar | Scalar[]> = {}): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [written, value] of Object.entries(given)) {
    const name = written.trim().toLowerCase();
    const values = [value].flat().filter((single) => single !== null);
    if (values.length === 0) continue;
    const text = values.map(String).join(name === 'cookie' ? '; ' : ', ');
    const problem = headerProblem(name, text);
    if (problem !== undefined) throw new InputError(['input', 'headers', written], `The header “${written}” cannot be sent: ${problem}.`);
    headers[name] = text;
  }
  return headers;
}

function headersOf({ headers, setCookies = [] }: HttpResponse): AnswerHeaders {
  // Every name but one is a text, which TypeScript cannot say of an object with any names.
  return (setCookies.length === 0 ? headers : { ...headers, 'set-cookie': [...setCookies] }) as AnswerHeaders;
}

type AnswerHeaders = Record<string, string> & { 'set-cookie'?: string[] };

/** Browsers do the same, but here it would go unnoticed that nothing was created. */
function becameAnother({ url, method }: HttpResponse, asked: string): string {
  const { origin, pathname } = new URL(url);
  return `A redirect led to ${origin}${pathname} and made the ${asked} a ${method ?? 'GET'}, without a body: this is the answer to that. Use the address that it leads to, or do not follow redirects.`;
}
