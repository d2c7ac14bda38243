import { connector, operation } from '@weft/connector-sdk/testing';
import { catalogueOf } from '../catalogue.ts';

const webhook = connector({
  id: 'webhook',
  title: 'Webhook',
  operations: [
    operation('receive', {
      kind: 'trigger',
      title: 'Receive a call',
      trigger: { strategy: 'webhook' },
      config: {
        type: 'object',
        properties: {
          path: { type: 'string', title: 'Path', minLength: 1 },
          respond: { type: 'string', enum: ['immediately', 'when-finished'], default: 'immediately' },
        },
        required: ['path'],
      },
      output: {
        type: 'object',
        properties: { method: { type: 'string' }, headers: { type: 'object', additionalProperties: { type: 'string' } }, body: { 'x-open': true } },
        required: ['method', 'headers', 'body'],
      },
      outputSource: 'sample',
    }),
    operation('signal', {
      kind: 'trigger',
      title: 'Receive a signal',
      trigger: { strategy: 'signal' },
      connection: 'optional',
      connectionUnless: { config: 'verify', is: 'nobody' },
      config: { type: 'object', properties: { verify: { type: 'string', enum: ['nobody', 'hmac'], default: 'nobody' } } },
    }),
  ],
});

const http = connector({
  id: 'http',
  title: 'HTTP',
  operations: [
    operation('request', {
      title: 'Send a request',
      config: {
        type: 'object',
        properties: { method: { type: 'string', title: 'Method', enum: ['GET', 'POST', 'PUT'], default: 'GET' } },
      },
      input: {
        type: 'object',
        properties: { url: { type: 'string', title: 'Address' }, body: { title: 'Body', 'x-open': true } },
        required: ['url'],
      },
      output: {
        type: 'object',
        properties: { status: { type: 'integer' }, body: { 'x-open': true } },
        required: ['status'],
      },
      outputSource: 'sample',
      idempotency: { kind: 'header', key: 'Idempotency-Key' },
      effectBy: { config: 'method', values: { GET: { effect: 'read' }, PUT: { effect: 'write', idempotency: { kind: 'natural' } } } },
    }),
  ],
});

const mail = connector({
  id: 'mail',
  title: 'Mail',
  operations: [
    operation('send', {
      title: 'Send a mail',
      connection: 'required',
      input: { type: 'object', properties: { to: { type: 'string' } }, required: ['to'] },
      output: { type: 'object', properties: { id: { type: 'string' } }, required: ['id'] },
      outputSource: 'declared',
      samples: [{ title: 'Sent', output: { id: 'm1' } }],
    }),
  ],
});

const old = connector({
  id: 'old',
  title: 'Old service',
  operations: [operation('call', { effect: 'read' })],
  lifecycle: { deprecatedOn: '2026-01-01', removeOn: '2027-01-01', replacedBy: 'HTTP' },
});

/** A webhook, an HTTP request, a mail that needs a connection, a connector near its end, and a newer HTTP. */
export const testCatalogue = catalogueOf([webhook, http, { ...http, version: '1.10.0' }, { ...http, version: '1.9.0' }, mail, old]);
