import { describe, expect, expectTypeOf, test } from 'vitest';
import { z } from 'zod';
import { createTestContext } from '../conformance/test-context.ts';
import type { ConnectionValues } from '../runtime.ts';
import { apiKeyAuth, basicAuth, bearerAuth, customAuth, noAuth } from './auth.ts';
import { defineConnector } from './define-connector.ts';
import { defineManualTrigger } from './define-manual-trigger.ts';
import { defineAction } from './define-operation.ts';
import { authFailed, rateLimited } from './failures.ts';
import { choice, openJson, secret } from './schema-parts.ts';

const postMessage = defineAction({
  id: 'post-message',
  title: 'Post a message',
  connection: 'required',
  effect: 'write',
  config: z.object({ format: choice({ plain: 'Plain', markdown: 'Markdown' }, { title: 'Format' }).default('plain'), retries: z.int().optional() }),
  input: z.object({ channel: z.string().meta({ title: 'Channel' }), urgent: z.boolean().default(false), extra: openJson({ title: 'Extra' }).optional() }),
  output: z.object({ ts: z.string() }),
  failures: [rateLimited('429'), authFailed('401', 'Sign in again.')],
  samples: [{ title: 'A greeting', input: { channel: '#sales' }, output: { ts: '1' } }],
  dynamic: { 'input.channel': { kind: 'options', source: 'channels', dependsOn: ['connection'] } },
  options: { channels: async () => [{ value: '#sales', title: 'Sales' }] },
  async run({ connection }, input, config) {
    expectTypeOf(connection).toEqualTypeOf<ConnectionValues>();
    expectTypeOf(input.urgent).toEqualTypeOf<boolean>();
    expectTypeOf(config.format).toEqualTypeOf<'plain' | 'markdown'>();
    expectTypeOf(config.retries).toEqualTypeOf<number | undefined>();
    return { ts: `${input.channel}/${config.format}/${String(input.urgent)}` };
  },
});

describe('an action', () => {
  test('is published with all that the product needs', () => {
    expect(postMessage.operation).toMatchObject({
      id: 'post-message',
      kind: 'action',
      visibility: 'primary',
      connection: 'required',
      effect: 'write',
      outputSource: 'declared',
      input: { required: ['channel'] },
      dynamic: { 'input.channel': { source: 'channels' } },
      failures: [
        { kind: 'rate_limited', match: { status: '429' }, retry: 'after' },
        { kind: 'auth', match: { status: '401' }, retry: 'never', userMessage: 'Sign in again.' },
      ],
      samples: [{ title: 'A greeting', input: { channel: '#sales' }, output: { ts: '1' } }],
    });
    expect(JSON.parse(JSON.stringify(postMessage.operation))).toEqual(postMessage.operation);
  });

  test('runs', async () => {
    await expect(
      postMessage.runtime.run?.(createTestContext(), { channel: '#a', urgent: true }, { format: 'plain' }),
    ).resolves.toEqual({ ts: '#a/plain/true' });
  });

  test('without config or input has neither', async () => {
    const ping = defineAction({ id: 'ping', title: 'Ping', effect: 'read', output: z.object({}), failures: [], samples: [], run: async () => ({}) });
    expect(ping.operation).toMatchObject({ connection: 'none', input: { type: 'object', properties: {} } });
    expect(ping.operation).not.toHaveProperty('config');
  });

  test('whose dynamic part names no handler is refused at definition', () => {
    const definition = { id: 'a', title: 'A', effect: 'read' as const, output: z.object({}), failures: [], samples: [], run: async () => ({}) };
    expect(() => defineAction({ ...definition, dynamic: { input: { kind: 'schema', source: 'columns', dependsOn: [] } } })).toThrow(
      '"input" of a is read from "columns", but schemas has no handler of that name.',
    );
  });
});

test('a trigger has a contract and no code', () => {
  const start = defineManualTrigger({ id: 'start', title: 'Start', output: z.object({ body: openJson({ title: 'Body' }) }), samples: [] });
  expect(start).toMatchObject({ operation: { kind: 'trigger', trigger: { strategy: 'manual' }, connection: 'none' }, runtime: {} });
});

describe('a connector', () => {
  const definition = { id: 'chat', version: '1.0.0', title: 'Chat', icon: '<svg/>', categories: ['Messages'], operations: [postMessage] };

  test('is a descriptor and the code behind it', () => {
    const connector = defineConnector({ ...definition, auth: [bearerAuth()] });
    expect(connector.descriptor).toMatchObject({
      contract: '1',
      id: 'chat',
      runtime: { kind: 'native' },
      provenance: { origin: 'hand', licence: 'Apache-2.0' },
      tier: 'curated',
    });
    expect(connector.operations['post-message']?.run).toBe(postMessage.runtime.run);
  });

  test('with two operations of one id is refused', () => {
    expect(() => defineConnector({ ...definition, operations: [postMessage, postMessage] })).toThrow('two operations with the id "post-message"');
  });
});

describe('ways to connect mark what is secret', () => {
  test.each([
    [noAuth(), 'none', []],
    [basicAuth(), 'basic', ['password']],
    [bearerAuth({ title: 'Personal token', help: 'Settings → Tokens' }), 'bearer', ['token']],
    [apiKeyAuth(), 'apiKey', ['key']],
    [customAuth({ id: 'smtp', title: 'Mailbox', fields: z.object({ user: z.string(), pass: secret({ title: 'Password' }) }) }), 'custom', ['pass']],
  ])('%#', (scheme, kind, secrets) => {
    expect(scheme.kind).toBe(kind);
    expect(Object.entries(scheme.fields.properties ?? {}).filter(([, field]) => field['x-secret']).map(([name]) => name)).toEqual(secrets);
  });
});
