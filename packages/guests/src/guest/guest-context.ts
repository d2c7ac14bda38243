import { type OperationContext, TerminalError, type WorkspaceFiles } from '@weft/connector-sdk';
import type { GuestMessage, Lent, PlainContext } from '../protocol.ts';

export interface GuestContextParts {
  send(message: GuestMessage): void;
  lent: Lent;
  signal: AbortSignal;
  kept: Map<string, unknown>;
}

/** The context of an operation, as its author knows it: what it lends is asked for. */
export function guestContext(plain: PlainContext, { send, lent, signal, kept }: GuestContextParts): OperationContext {
  return {
    ...plain,
    signal,
    kept,
    net: { resolve: lent.resolve },
    // The host's own signal ends it.
    http: { request: ({ signal: _own, ...request }) => lent.request(request) },
    files: filesOf(lent),
    warn: (sentence) => send({ type: 'warn', sentence }),
    log: (message, details) => send({ type: 'log', message, details }),
  };
}

const filesOf = (lent: Lent): WorkspaceFiles => ({
  list: lent.list,
  read: lent.readFile,
  write: lent.writeFile,
  put: lent.putFile,
  keep: lent.keepFile,
  database: lent.database,
  open: async () => notLent('read piece by piece'),
  append: async () => notLent('added to'),
});

function notLent(what: string): never {
  throw new TerminalError(`A file cannot be ${what} by a connector in a process of its own.`, { kind: 'unsupported' });
}
