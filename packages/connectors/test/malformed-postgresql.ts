import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What a server sends that no PostgreSQL should, or not then. */
export interface Malformed {
  /** Instead of saying that the password is right. */
  atStart?: Buffer;
  /** Instead of an answer to the first statement. */
  atQuery?: Buffer;
  /** Sends the last of it again and again. */
  endless?: boolean;
  /** Ends the connection afterwards. */
  ends?: boolean;
}

const int16 = (value: number) => Buffer.from([(value >> 8) & 255, value & 255]);
const int32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const text = (value: string) => Buffer.from(`${value}\0`);

function message(type: string, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from(type), int32(body.byteLength + 4), body]);
}

const authentication = (kind: number, ...parts: Buffer[]): Malformed => ({ atStart: message('R', int32(kind), ...parts) });
const start = (type: string, ...parts: Buffer[]): Malformed => ({ atStart: message(type, ...parts) });
const query = (type: string, ...parts: Buffer[]): Malformed => ({ atQuery: message(type, ...parts) });
const raw = (bytes: string | Buffer): Malformed => ({ atStart: Buffer.from(bytes as string) });
const column = (name: string) => Buffer.concat([text(name), int32(0), int16(0), int32(25), int16(-1), int32(-1), int16(0)]);

export const malformed: Readonly<Record<string, Malformed>> = {
  'Kerberos 5': authentication(2),
  'credentials of SCM': authentication(6),
  GSS: authentication(7),
  'GSS that goes on': authentication(8, Buffer.alloc(20)),
  SSPI: authentication(9),
  'a way to sign in that there is none': authentication(99),
  'no way to sign in': start('R'),
  'half a way to sign in': start('R', int16(0)),
  'MD5 without salt': authentication(5),
  'SASL without mechanisms': authentication(10, Buffer.from([0])),
  'SASL of another kind': authentication(10, text('OAUTHBEARER'), Buffer.from([0])),
  'SASL that is cut': authentication(10, Buffer.from('SCRAM-SHA-256')),
  'SASL that goes on before it began': authentication(11, Buffer.from('r=x,s=eA==,i=4096')),
  'SASL that ends before it began': authentication(12, Buffer.from('v=x')),
  'SASL that goes on with a nonce of its own': raw(
    Buffer.concat([message('R', int32(10), text('SCRAM-SHA-256'), Buffer.from([0])), message('R', int32(11), Buffer.from('r=x,s=eA==,i=2000000000'))]),
  ),
  'an error without its end': start('E', Buffer.from('SERROR')),
  'an error without anything': start('E'),
  'an error of one byte': start('E', Buffer.from('S')),
  'an error with fields that nobody knows': start('E', Buffer.from('ÿ'), text('x'), Buffer.from([0])),
  'a notice without its end': start('N', Buffer.from('SNOTICE')),
  'a version that is cut': start('v', int16(1)),
  'an answer of HTTP': raw('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n'),
  'a greeting of SSH': raw('SSH-2.0-OpenSSH_9.6\r\n'),
  'a greeting of MySQL': raw(Buffer.from('4a0000000a352e372e33300008000000', 'hex')),
  noise: raw(Buffer.from(Array.from({ length: 4_096 }, (_, at) => (at * 7_919) % 251))),
  'a length of nothing': raw(Buffer.concat([Buffer.from('R'), int32(0)])),
  'a length of one': raw(Buffer.concat([Buffer.from('R'), int32(1), Buffer.alloc(8)])),
  'a negative length': raw(Buffer.concat([Buffer.from('R'), int32(-5), Buffer.alloc(8)])),
  'a length of two gigabytes': raw(Buffer.concat([Buffer.from('R'), int32(2 ** 31 - 1), Buffer.alloc(8)])),
  'an end at once': { atStart: Buffer.alloc(0), ends: true },
  'an end in the middle of a message': { atStart: message('R', int32(0)).subarray(0, 6), ends: true },
  silence: { atStart: Buffer.alloc(0) },
  'columns that are cut short': query('T', int16(3), column('a')),
  '30,000 columns': query('T', int16(30_000)),
  'a negative number of columns': query('T', int16(-1)),
  'a column whose name has no end': query('T', int16(1), Buffer.from('abc')),
  'columns without their number': query('T'),
  'a row without columns': {
    atQuery: Buffer.concat([message('D', int16(1), int32(1), Buffer.from('x')), message('C', text('SELECT 1')), message('Z', Buffer.from('I'))]),
  },
  'a row of 30,000 fields': query('D', int16(30_000)),
  'a field longer than its row': query('D', int16(1), int32(1_000_000)),
  'a field of negative length': query('D', int16(1), int32(-5)),
  'an empty row': query('D'),
  'a copy in': query('G'),
  'a copy out without formats': query('H', Buffer.from([0]), int16(9)),
  'a copy both ways': query('W', Buffer.from([0]), int16(0)),
  'data of a copy that there is none': query('d', Buffer.alloc(100)),
  'a short notification': query('A', int16(1)),
  'a notification without its end': query('A', int32(1), Buffer.from('channel')),
  'a setting without its end': query('S', Buffer.from('timezone')),
  'half a key': query('K', int16(1)),
  'readiness of no kind': query('Z'),
  'an end of a command without its end': query('C', Buffer.from('SELECT')),
  'a message of no kind': query('w', Buffer.alloc(10)),
  'no statement': query('I'),
  'a portal that rests': query('s'),
  'an answer of a function': query('V', int32(1_000)),
  'readiness without end': { atQuery: message('Z', Buffer.from('I')), endless: true },
  'notices without end': { atQuery: message('N', Buffer.from('S'), text('NOTICE'), Buffer.from([0])), endless: true },
  'rows without end': {
    atQuery: Buffer.concat([message('T', int16(1), column('a')), message('D', int16(1), int32(1_000), Buffer.alloc(1_000, 120))]),
    endless: true,
  },
};

const ready = Buffer.concat([
  message('R', int32(0)),
  message('S', text('server_version'), text('16.0')),
  message('K', int32(1), int32(2)),
  message('Z', Buffer.from('I')),
]);

/** In pieces and turns: whoever reads as fast as this writes would keep the process. */
function goOn(socket: Socket, bytes: Buffer): void {
  const piece = Buffer.concat(Array.from({ length: Math.ceil(65_536 / bytes.byteLength) }, () => bytes));
  const again = () => {
    if (!socket.destroyed && socket.write(piece)) setImmediate(again);
  };
  socket.on('drain', again);
  again();
}

/** A server on the loopback that speaks like this to everybody. */
export async function startMalformed({ atStart, atQuery, endless = false, ends = false }: Malformed): Promise<{ port: number; stop(): void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
    let isStarted = false;
    const say = (bytes: Buffer) => {
      socket.write(bytes);
      if (endless) goOn(socket, bytes);
      if (ends) socket.end();
    };
    socket.on('data', () => {
      if (isStarted) return atQuery ? say(atQuery) : undefined;
      isStarted = true;
      if (atStart) say(atStart);
      else socket.write(ready);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  // A listening TCP server has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    stop() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
