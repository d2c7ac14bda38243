import type { Attack } from '../control.ts';

const sql = 'packages/connectors/src/sql';
const server = 'apps/server/src';

/** Found by trying: promises that were wider than the code. */
export const edges: readonly Attack[] = [
  {
    id: 'A16',
    tried: 'A recorded call, sent again under another id',
    controls: [
      {
        holds: 'a signature starts one run',
        file: `${server}/triggers/webhook/seen-signatures.ts`,
        off: 'rows: 1,',
        instead: '',
        tests: [`${server}/triggers/webhook/signed.test.ts`],
      },
    ],
  },
  {
    id: 'A20',
    tried: 'Another name that leads to the server; the same host under another scheme',
    controls: [
      {
        holds: 'Weft answers under its own names only',
        file: `${server}/http/same-origin.ts`,
        off: "if (own.isOwnHost(request.headers.get('host'))) return;",
        instead: 'return;',
        tests: [`${server}/http/app.test.ts`],
      },
      {
        holds: 'a page of ours has the right scheme, too',
        file: `${server}/http/own-addresses.ts`,
        off: 'origin === `http://${host.toLowerCase()}`',
        instead: 'origin.endsWith(`://${host.toLowerCase()}`)',
        tests: [`${server}/http/app.test.ts`, `${server}/http/own-addresses.test.ts`],
      },
    ],
  },
  {
    id: 'A22',
    tried: 'A service that sends a token back in another form; secrets in the clear on the disk',
    controls: [
      {
        holds: 'a token is masked in hexadecimal and capitals',
        file: 'packages/connector-sdk/src/auth/secrets.ts',
        off: 'hex, hex.toUpperCase(),',
        instead: '',
        tests: [`${server}/runtime/mask-secrets.test.ts`],
      },
      {
        holds: 'a token is masked in base64',
        file: 'packages/connector-sdk/src/auth/secrets.ts',
        off: '...[0, 1, 2].flatMap((offset) => inBase64(bytes, offset)),',
        instead: '',
        tests: [`${server}/runtime/mask-secrets.test.ts`],
      },
      {
        holds: 'what stands under the name of a secret is sealed on the disk',
        file: `${server}/vault/sealed-fields.ts`,
        off: 'if (found.length === 0) return text;',
        instead: 'return text;',
        tests: [`${server}/vault/sealed-fields.test.ts`, `${server}/runs/kept-secrets.test.ts`],
      },
    ],
  },
  {
    id: 'A23',
    tried: 'Reading the database as another user of the machine',
    controls: [
      {
        holds: 'the database is for its user only',
        file: `${server}/db/open.ts`,
        off: '  keepPrivate(file);\n',
        instead: '',
        tests: [`${server}/db/locked.test.ts`],
      },
    ],
  },
  {
    id: 'A26',
    tried: 'Several who claim an installation at once',
    controls: [
      {
        holds: 'a second claim at the same moment is told that there is an owner',
        file: `${server}/identity/identity.ts`,
        off: 'createdAt: now, updatedAt: now }).onConflictDoNothing(),\n          { rows: 1, otherwise: claimed },',
        instead: 'createdAt: now, updatedAt: now }),\n          { rows: 1, otherwise: claimed },',
        tests: [`${server}/http/me.test.ts`],
      },
    ],
  },
  {
    id: 'A27',
    tried: 'Headers of an answer that a proxy in front obeys',
    controls: [
      {
        holds: 'what is refused is told by kinds of headers',
        file: `${server}/triggers/webhook/answer-headers.ts`,
        off: ' || beginnings.some((beginning) => name.startsWith(beginning))',
        instead: '',
        tests: [`${server}/triggers/webhook/answer-headers.test.ts`],
      },
    ],
  },
  {
    id: 'A28',
    tried: 'Guessing passwords from all addresses of one IPv6 network; locking an owner out',
    controls: [
      {
        holds: 'failures are counted by network',
        file: `${server}/identity/network-of.ts`,
        off: "if (isIP(bare) !== 6) return address;",
        instead: 'return address;',
        tests: [`${server}/identity/network-of.test.ts`, `${server}/http/me.test.ts`],
      },
      {
        holds: 'an owner is not locked out where they are signed in',
        file: `${server}/identity/identity.ts`,
        off: 'if (!isSignedInFrom(email, network)) keys.push',
        instead: 'keys.push',
        tests: [`${server}/http/me.test.ts`],
      },
      {
        holds: 'after so many failures nobody tries for a while',
        file: `${server}/identity/throttle.ts`,
        off: 'if (count.taken >= allowed) {',
        instead: 'if (false) {',
        tests: [`${server}/http/me.test.ts`],
      },
    ],
  },
  {
    id: 'A29',
    tried: 'A stream of live updates that stays open for who is no member any more',
    controls: [
      {
        holds: 'a stream ends where its reader may not read any more',
        file: `${server}/events/event-stream.ts`,
        off: 'void mayRead?.().then((may) => may || end(), cutOff);',
        instead: '',
        tests: [`${server}/events/event-stream.test.ts`, `${server}/http/events.test.ts`],
      },
    ],
  },
  {
    id: 'A30',
    tried: 'Names that databases use for themselves, and table names that would be cut off',
    controls: [
      {
        holds: 'files and folders have no names that databases use for themselves',
        file: `${server}/stores/files/name.ts`,
        off: 'if (segments.some((segment) => /\\.(?:sqlite|db)-(?:wal|shm|journal)$/i.test(segment))) return',
        instead: 'if (false) return',
        tests: [`${server}/stores/files/file-store.test.ts`],
      },
      {
        holds: 'a query with a zero byte is refused',
        file: `${sql}/named-parameters.ts`,
        off: "if (text.includes('\\0')) throw",
        instead: 'if (false) throw',
        tests: [`${sql}/writing.test.ts`],
      },
      {
        holds: 'a name that the database would cut is refused',
        file: `${sql}/postgresql-tables.ts`,
        off: 'Buffer.byteLength(name) <= maxNameBytes;',
        instead: 'Buffer.byteLength(name) > 0;',
        tests: [`${sql}/writing.test.ts`],
      },
    ],
  },
  {
    id: 'A31',
    tried: 'Finding out which names exist in a private network',
    controls: [
      {
        holds: 'one sentence is said of a name that is not there and of one that is private',
        file: 'packages/egress/src/resolve-host.ts',
        off: 'throw nowhereToBeFound(host, error);',
        instead: 'throw error;',
        tests: ['packages/egress/src/refusals.test.ts'],
      },
    ],
  },
];
