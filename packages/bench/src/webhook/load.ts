/**
 * Sends one request after the other on so many connections, from a process of its own, and reports as JSON.
 * `node load.ts <url> <connections> <milliseconds>`, the body on standard input.
 */
import { connect } from 'node:net';
import { argv, stdin } from 'node:process';
import { buffer } from 'node:stream/consumers';

export interface LoadReport {
  requests: number;
  milliseconds: number;
  /** Milliseconds, ascending. */
  latencies: number[];
}

const url = new URL(argv[2] ?? '');
const connections = Number(argv[3]);
const milliseconds = Number(argv[4]);
const body = await buffer(stdin);
const head = [
  `POST ${url.pathname} HTTP/1.1`,
  `host: ${url.host}`,
  'content-type: application/json',
  'user-agent: weft-bench',
  `content-length: ${body.length}`,
  '\r\n',
].join('\r\n');
const request = Buffer.concat([Buffer.from(head), body]);

const latencies: number[] = [];
const begin = performance.now();
const end = begin + milliseconds;

/** A connection that keeps one request in flight; a thin client, so that the other core can serve. */
function connection(): Promise<void> {
  return new Promise((done, failed) => {
    const socket = connect(Number(url.port), url.hostname);
    let sentAt = 0;
    let left = 0;
    const send = () => {
      sentAt = performance.now();
      if (sentAt >= end) {
        socket.end();
        done();
      } else socket.write(request);
    };
    socket.setNoDelay(true);
    socket.once('connect', send);
    socket.once('error', failed);
    socket.on('data', (chunk: Buffer) => {
      left = left > 0 ? left - chunk.length : bytesAfter(chunk);
      if (left > 0) return;
      latencies.push(performance.now() - sentAt);
      send();
    });
  });
}

/** How many bytes of the answer are still to come; heads are far smaller than a packet. */
function bytesAfter(chunk: Buffer): number {
  const headEnd = chunk.indexOf('\r\n\r\n');
  const text = chunk.toString('latin1', 0, headEnd);
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  if (headEnd < 0 || length === undefined || !text.startsWith('HTTP/1.1 200 ')) throw new Error(`Not the answer that was expected: ${chunk.toString()}`);
  return headEnd + 4 + Number(length) - chunk.length;
}

await Promise.all(Array.from({ length: connections }, connection));
const report: LoadReport = { requests: latencies.length, milliseconds: performance.now() - begin, latencies: latencies.toSorted((a, b) => a - b) };
console.log(JSON.stringify(report));
