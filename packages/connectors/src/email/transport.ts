import { createHash } from 'node:crypto';
import { AuthError, InputError, RetryableError, TerminalError, type OperationContext } from '@weft/connector-sdk';

/** A connection to the mail server for one call, to the address that the guard pinned. */
export async function openTransport({ connection, net, signal }: OperationContext) {
  if (!connection) throw new TerminalError('Choose a mail server connection first.', { kind: 'invalid_input' });
  const { config, credentials } = connection;
  const host = String(config['host']);
  const port = Number(config['port'] ?? 587);
  const { address } = await net.resolve(host, port);
  // Large, and of no use before the first message: the server starts without it.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    host: address,
    port,
    secure: config['encryption'] === 'tls',
    requireTLS: config['encryption'] === 'starttls',
    ignoreTLS: config['encryption'] === 'none',
    tls: { servername: host },
    ...(credentials['user'] && { auth: { user: String(credentials['user']), pass: String(credentials['password'] ?? '') } }),
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // Attachments and bodies are given as text: nothing is read from disk or fetched.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  signal.addEventListener('abort', () => transport.close(), { once: true });
  return transport;
}

/** The same for every attempt of a step, so mail servers and readers recognise a repeat. */
export function messageId(idempotencyKey: string, from: string): string {
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'weft.local';
  return `<${createHash('sha256').update(idempotencyKey).digest('hex').slice(0, 32)}@${domain}>`;
}

/**
 * What a mail server's refusal means.
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.2.1 4yz is worth another try, 5yz is final.
 */
export function toFailure(error: unknown): unknown {
  const { code = '', responseCode = 0, response = '' } = error as { code?: string; responseCode?: number; response?: string };
  if (code === 'EAUTH') return new AuthError('The mail server refused this user and password. Check them in the connection.', { cause: error });
  if (responseCode >= 400 && responseCode < 500) return new RetryableError(`The mail server could not take the message now: ${response}`, { cause: error });
  if (code === 'EENVELOPE' && responseCode === 0) {
    return new InputError(['input', 'to'], 'This is not an e-mail address a message can be sent to.', { cause: error });
  }
  if (code === 'EENVELOPE') return new InputError(['input', 'to'], `The mail server refused the sender or a receiver: ${response}`, { cause: error });
  if (responseCode >= 500) return new TerminalError(`The mail server refused the message: ${response}`, { cause: error, kind: 'upstream' });
  if (code === 'ETLS') {
    return new TerminalError('The mail server does not offer the encryption that the connection asks for.', { cause: error, kind: 'upstream' });
  }
  if (['ECONNECTION', 'ETIMEDOUT', 'ESOCKET', 'EDNS', 'ECONNREFUSED', 'ECONNRESET'].includes(code)) {
    return new RetryableError('The mail server did not answer. Check host and port in the connection; trying again may help.', { cause: error });
  }
  return error;
}
