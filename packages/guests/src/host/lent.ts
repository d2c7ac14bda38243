import { type OperationContext, TerminalError } from '@weft/connector-sdk';
import type { Lent } from '../protocol.ts';

/** What the host gives when a guest asks: the context of the call that it does, and nothing beside it. */
export function lentBy({ net, http, files, signal }: Partial<OperationContext>): Lent {
  return {
    resolve: async (host, port) => there(net).resolve(host, port),
    request: async (request) => there(http).request({ ...request, signal: there(signal) }),
    list: async () => there(files).list(),
    readFile: async (name) => there(files).read(name),
    writeFile: async (name, bytes, by) => there(files).write(name, bytes, by),
    putFile: async (name, content, at, by) => there(files).put(name, content, at, by),
    keepFile: async (name, length, by) => there(files).keep(name, length, by),
    database: async (name) => there(files).database(name),
  };
}

function there<T>(thing: T | undefined): T {
  if (thing === undefined) throw new TerminalError('This is not lent for looking at a file.', { kind: 'unsupported' });
  return thing;
}
