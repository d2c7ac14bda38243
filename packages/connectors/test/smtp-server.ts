import { SMTPServer } from 'smtp-server';

export interface TestMailServer {
  port: number;
  /** What arrived, as it came over the wire. */
  messages: { from: string; to: string[]; source: string }[];
  stop(): Promise<void>;
}

/** A real SMTP server on the loopback. It knows one user, refuses `refused@…` for good and `busy@…` for now. */
export async function startMailServer(options: { signIn?: boolean } = {}): Promise<TestMailServer> {
  const messages: TestMailServer['messages'] = [];
  const server = new SMTPServer({
    authOptional: options.signIn !== true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'ada' && password === 'secret' ? done(null, { user: 'ada' }) : done(new Error('Invalid user or password')),
    onRcptTo: ({ address }, _session, done) => {
      if (address.startsWith('refused@')) return done(Object.assign(new Error('No such user here'), { responseCode: 550 }));
      if (address.startsWith('busy@')) return done(Object.assign(new Error('Try again later'), { responseCode: 451 }));
      return done();
    },
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        messages.push({
          from: envelope.mailFrom ? envelope.mailFrom.address : '',
          to: envelope.rcptTo.map(({ address }) => address),
          source: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.server.address() as { port: number };
  return { port, messages, stop: () => new Promise((closed) => server.close(() => closed())) };
}
