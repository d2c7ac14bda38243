import { createTestContext, describeConnector } from '@weft/connector-sdk/conformance';
import { createEgress } from '@weft/egress';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMailServer, type TestMailServer } from '../../test/smtp-server.ts';
import email from './index.ts';

describeConnector(email);

let server: TestMailServer;
beforeAll(async () => {
  server = await startMailServer({ signIn: true });
});
afterAll(() => server.stop());

const loopback = createEgress({ allowed: () => ['127.0.0.0/8'] });
const contextWith = (changes: { password?: string; port?: number; encryption?: string; from?: string } = {}, egress = loopback) =>
  createTestContext({
    egress,
    idempotencyKey: 'run_1:send',
    connection: {
      scheme: 'password',
      config: {
        host: '127.0.0.1',
        port: changes.port ?? server.port,
        encryption: changes.encryption ?? 'none',
        from: changes.from ?? 'Acme <hello@acme.example>',
      },
      credentials: { user: 'ada', password: changes.password ?? 'secret' },
    },
  });
const message = { to: ['bob@example.com'], subject: 'Grüße', text: 'Hello Bob' };
const send = (context: ReturnType<typeof contextWith>, input: object = message) => {
  const handler = email.operations['send']?.run;
  if (!handler) throw new Error('There is no operation send');
  return handler(context, input as never, {});
};

describe('sending an e-mail', () => {
  it('delivers it to every receiver, hidden ones unnamed', async () => {
    await send(contextWith(), { ...message, cc: ['c@example.com'], bcc: ['hidden@example.com'], html: '<p>Hello</p>' });
    const sent = server.messages.at(-1);
    expect(sent?.to).toEqual(['bob@example.com', 'c@example.com', 'hidden@example.com']);
    expect(sent?.from).toBe('hello@acme.example');
    expect(sent?.source).not.toContain('hidden@example.com');
  });

  it('gives a repeat the same message id', async () => {
    const first = await send(contextWith());
    const second = await send(contextWith());
    expect((first as { messageId: string }).messageId).toBe((second as { messageId: string }).messageId);
  });

  it('lets nobody add headers through a field', async () => {
    await send(contextWith(), { ...message, subject: 'Hi\r\nBcc: victim@example.com' });
    const sent = server.messages.at(-1);
    expect(sent?.to).toEqual(['bob@example.com']);
    expect(sent?.source).not.toMatch(/^Bcc:/m);
  });

  it.each([
    'victim@example.com,bob@example.com',
    'a: victim@example.com; <bob@example.com, victim@example.com>',
    'Bob\r\nBcc: victim@example.com <bob@example.com>',
  ])(
    'lets nobody add receivers through a field: %j',
    async (several) => {
      for (const [field, value] of Object.entries({ to: [several], cc: [several], bcc: [several], replyTo: several })) {
        await expect(send(contextWith(), { ...message, [field]: value })).rejects.toMatchObject({ name: 'InputError', path: ['input', field] });
      }
    },
  );

  it('takes an address before the last one for a name', async () => {
    await send(contextWith(), { ...message, to: ['victim@example.com, Bob <bob@example.com>'] });
    expect(server.messages.at(-1)?.to).toEqual(['bob@example.com']);
  });

  it('names receivers as the fields do, whatever their names have', async () => {
    await send(contextWith(), { ...message, to: ['"Lovelace, Ada" <ada@example.com>', 'Bob <bob@example.com>'], replyTo: 'Grüße <g@example.com>' });
    const sent = server.messages.at(-1);
    expect(sent?.to).toEqual(['ada@example.com', 'bob@example.com']);
    expect(sent?.source).toContain('To: "Lovelace, Ada" <ada@example.com>, Bob <bob@example.com>');
    expect(sent?.source).toMatch(/^Reply-To: .*<g@example.com>/m);
  });

  it.each([
    ['a wrong password', () => contextWith({ password: 'wrong' }), message, { name: 'AuthError' }],
    ['an unknown receiver', () => contextWith(), { ...message, to: ['refused@example.com'] }, { name: 'InputError', retryable: false }],
    ['a server that is busy', () => contextWith(), { ...message, to: ['busy@example.com'] }, { retryable: true }],
    ['a server that is gone', () => contextWith({ port: 1 }), message, { retryable: true }],
    ['encryption that is not offered', () => contextWith({ encryption: 'starttls' }), message, { retryable: false }],
    ['something that is no address', () => contextWith(), { ...message, to: ['nobody'] }, { name: 'InputError' }],
  ])('tells %s', async (_what, context, input, expected) => {
    await expect(send(context(), input)).rejects.toMatchObject(expected);
  });

  it.each([
    'Acme, Inc. <b@acme.example>',
    'Support (Billing) <b@acme.example>',
    'Acme; Co <b@acme.example>',
  ])('comes from its sender, whatever its name has: %j', async (from) => {
    await send(contextWith({ from }));
    const sent = server.messages.at(-1);
    expect(sent?.from).toBe('b@acme.example');
    expect(sent?.source).toContain(`From: "${from.replace(' <b@acme.example>', '')}" <b@acme.example>`);
  });

  it.each([
    'not an address',
    'Evil\r\nBcc: z@x.example <h@x.example>',
    'a@b.example, c@d.example',
    '',
  ])('never leaves with a sender that is none: %j', async (from) => {
    const before = server.messages.length;
    await expect(send(contextWith({ from }))).rejects.toMatchObject({ name: 'TerminalError', message: expect.stringContaining('sender') as string });
    await expect(email.testConnection?.(contextWith({ from }))).rejects.toMatchObject({ name: 'TerminalError' });
    expect(server.messages).toHaveLength(before);
  });

  it('has a text for readers without HTML, made of the HTML where none is given', async () => {
    const { text: _text, ...withoutText } = message;
    await send(contextWith(), { ...withoutText, html: '<p>Hello <b>Bob</b></p>' });
    const source = server.messages.at(-1)?.source ?? '';
    expect(source).toMatch(/multipart\/alternative/);
    expect(source).toMatch(/text\/plain[^]*Hello Bob[^]*text\/html[^]*<b>Bob<\/b>/);
    await expect(send(contextWith(), withoutText)).rejects.toMatchObject({ name: 'InputError', path: ['input', 'text'] });
  });

  it('carries files as they are', async () => {
    const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff]);
    await send(contextWith(), { ...message, attachments: [{ fileName: 'Rechnung Ä.pdf', contentType: 'application/pdf', base64: bytes.toString('base64') }] });
    const source = server.messages.at(-1)?.source ?? '';
    expect(source).toMatch(/Content-Type: application\/pdf/);
    expect(source).toContain(bytes.toString('base64'));
    expect(source).toMatch(/Content-Disposition: attachment/);
  });

  it.each([
    ['what is no base64', [{ base64: '%%%' }], ['input', 'attachments', '0', 'base64']],
    ['more than mail servers take', [{ base64: Buffer.alloc(19 << 20).toString('base64') }], ['input', 'attachments']],
  ])('refuses to attach %s', async (_what, attachments, path) => {
    await expect(send(contextWith(), { ...message, attachments })).rejects.toMatchObject({ name: 'InputError', path });
  });

  it('does not dial a private address that the administrator has not allowed', async () => {
    const strict = createEgress({ allowed: () => [] });
    const before = server.messages.length;
    await expect(send(contextWith({}, strict))).rejects.toMatchObject({ kind: 'refused' });
    expect(server.messages).toHaveLength(before);
  });

  it('tests the connection', async () => {
    await expect(email.testConnection?.(contextWith())).resolves.toMatch(/Connected/);
    await expect(email.testConnection?.(contextWith({ password: 'wrong' }))).rejects.toMatchObject({ name: 'AuthError' });
  });
});
