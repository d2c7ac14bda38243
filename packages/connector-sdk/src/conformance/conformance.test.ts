import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ConnectorDescriptor, Operation } from '../descriptor.ts';
import { InputError } from '../errors.ts';
import type { Connector } from '../runtime.ts';
import type { SignatureForm } from '../trigger-contract.ts';
import { connectorRules } from './connector-rules.ts';
import { iconProblem } from './icon-problem.ts';
import { operationRules } from './operation-rules.ts';
import { createTestContext } from './test-context.ts';

const icon = '<svg viewBox="0 0 24 24" stroke="currentColor"><path d="M0 0h24"/></svg>';

const send: Operation = {
  id: 'send',
  kind: 'action',
  title: 'Send',
  description: 'Sends.',
  visibility: 'primary',
  summary: 'Send to {input.to}',
  config: { type: 'object', properties: { mode: { type: 'string', title: 'Mode', default: 'fast' } } },
  input: { type: 'object', properties: { to: { type: 'string', title: 'To' } }, required: ['to'] },
  output: { type: 'object', properties: { id: { type: 'string', title: 'Id' } }, required: ['id'] },
  outputSource: 'declared',
  effect: 'write',
  failures: [{ kind: 'upstream', retry: 'backoff', userMessage: 'It failed.' }],
  samples: [{ title: 'One', input: { to: 'Ada' }, output: { id: '1' } }],
};

function connector(change: Partial<ConnectorDescriptor> = {}, operation: Partial<Operation> = {}): Connector {
  return {
    descriptor: {
      contract: '1', id: 'post', version: '1.0.0', title: 'Post', description: 'Posts.', icon, categories: ['Mail'], runtime: { kind: 'native' },
      provenance: { origin: 'hand', licence: 'MIT' },
      tier: 'curated',
      auth: [],
      operations: [{ ...send, ...operation }],
      governance: { allowedHosts: [], dataClasses: [] },
      ...change,
    },
    operations: { send: { run: async () => ({ id: '1' }) } },
  };
}

/** Every break that the suite would report. */
function breaks(subject: Connector): string[] {
  return [
    ...Object.values(connectorRules).flatMap((rule) => rule(subject)),
    ...subject.descriptor.operations.flatMap((operation) => Object
      .values(operationRules)
      .flatMap((rule) => rule({ operation, runtime: subject.operations[operation.id] ?? {} }))),
  ];
}

test('a sound connector breaks nothing', () => {
  expect(breaks(connector())).toEqual([]);
});

const token = { type: 'string', title: 'Token' } as const;
const bearer = { id: 'bearer', kind: 'bearer', title: 'Bearer' } as const;

describe('what the suite finds in a connector', () => {
  test.each<[string, Partial<ConnectorDescriptor>, string]>([
    ['an odd id', { id: 'My Connector' }, 'the id "My Connector" is not lower case'],
    ['no version', { version: 'latest' }, 'the version "latest" is not like 1.0.0'],
    ['no description', { description: '' }, 'the description is missing'],
    ['something that is not JSON', { lifecycle: { deprecatedOn: undefined } }, 'not JSON'],
    ['an icon that runs', { icon: icon.replace('<path', '<script>alert(1)</script><path') }, '<script> is not allowed'],
    ['a secret that is not marked', { auth: [{ ...bearer, fields: { type: 'object', properties: { token } } }] }, '"token" looks secret'],
    [
      'a secret in the settings',
      { connectionConfig: { type: 'object', properties: { token: { ...token, 'x-secret': true } } } },
      'the connection: "token" is a secret',
    ],
    ['credentials for no host', { auth: [{ ...bearer, fields: {} }] }, 'the credentials "bearer" are for no host'],
    ['credentials for any host', { auth: [{ ...bearer, fields: {} }], governance: { allowedHosts: ['*'], dataClasses: [] } }, 'are for no host'],
    ['a host that is an address', { governance: { allowedHosts: ['https://api.example.com/v1'], dataClasses: [] } }, '"https://api.example.com/v1" is no host'],
    ['a host in a setting it lacks', { auth: [{ ...bearer, hostSetting: 'host', fields: {} }] }, 'read the setting "host", which a connection does not have'],
    [
      'a key under a setting it lacks',
      { auth: [{ id: 'key', kind: 'apiKey', title: 'Key', hostSetting: 'host', in: 'header', name: { setting: 'keyName' }, fields: {} }] },
      'read the setting "keyName"',
    ],
    ['two schemes of one id', { auth: [{ ...bearer, fields: {} }, { ...bearer, fields: {} }] }, 'two auth schemes share an id'],
    ['a schema that is none', { connectionConfig: { type: 'text' as never } }, 'the connection: data/type must be equal to one of the allowed values'],
    ['a pattern that does not compile', { connectionConfig: { type: 'string', pattern: '(' } }, 'Invalid regular expression'],
    [
      'a default that does not fit',
      { connectionConfig: { type: 'object', properties: { port: { type: 'integer', default: '5432' } } } },
      'the default of "port" does not fit',
    ],
  ])('%s', (_title, change, problem) => {
    expect(breaks(connector(change)).join('\n')).toContain(problem);
  });

  test('code that is not described, and the other way round', () => {
    expect(breaks({ ...connector(), operations: { sned: {} } }).join('\n')).toMatch(/send is described but has no code[^]*sned has code but is not described/);
  });
});

const signed: SignatureForm = { header: 'x-sig', algorithm: 'sha256', encoding: 'hex', prefix: '', signed: '{body}' };
const calledBy = (proof: SignatureForm): Partial<Operation> => ({
  trigger: { strategy: 'webhook', senders: { shop: { title: 'Shop', proof, eventId: { header: 'x-id' } } } },
});

describe('what the suite finds in an operation', () => {
  test.each<[string, Partial<Operation>, string]>([
    ['no title', { title: ' ' }, 'the title is missing'],
    ['a field without a title', { config: { type: 'object', properties: { mode: { type: 'string' } } } }, 'config.mode has no title'],
    ['a secret in its input', { input: { type: 'object', properties: { token: { ...token, 'x-secret': true } } } }, 'send input: "token" is a secret'],
    [
      'a status that nothing answers',
      { failures: [{ kind: 'upstream', match: { status: '5**' }, retry: 'backoff', userMessage: 'It failed.' }] },
      'the status "5**" is not like 429',
    ],
    [
      'two failures that nobody can tell apart',
      {
        failures: ['404,410', '410'].map((status) => ({ kind: 'not_found' as const, match: { status }, retry: 'never' as const, userMessage: 'Gone.' })),
      },
      'two failures are told by 410',
    ],
    ['a limit that is none', { limits: { concurrency: 0 } }, 'concurrency is 0'],
    ['no sample with an output', { samples: [{ title: 'One', input: { to: 'Ada' } }] }, 'no sample has an output'],
    ['a sample that does not fit', { samples: [{ title: 'One', input: {}, output: { id: 1 } }] }, 'output of the sample "One": "id" must be'],
    ['a summary of a field it lacks', { summary: '{input.too}' }, 'the summary names {input.too}'],
    ['a dynamic part without a handler', { dynamic: { 'input.to': { kind: 'options', source: 'people', dependsOn: [] } } }, 'input.to is read from "people"'],
    [
      'a dynamic part it lacks',
      { dynamic: { 'config.table': { kind: 'options', source: 'people', dependsOn: ['connection', 'config.x'] } } },
      'config.table depends on config.x',
    ],
    ['a connection it cannot have', { connection: 'required' }, 'send takes a connection'],
    ['no failure', { failures: [] }, 'it names no failure'],
    ['a failure without a sentence', { failures: [{ kind: 'auth', retry: 'never', userMessage: 'nope' }] }, 'the failure "auth" has no sentence'],
    ['code behind a trigger', { kind: 'trigger' }, 'a trigger has no code of its own'],
    ['a sender that signs nothing of the call', calledBy({ ...signed, signed: '{timestamp}', timestamp: { header: 'x-time' } }), 'does not sign {body}'],
    ['a sender whose time stands nowhere', calledBy({ ...signed, signed: '{timestamp}{body}' }), 'where the {timestamp} stands'],
    ['a sender in capitals', calledBy({ ...signed, header: 'X-Sig' }), 'names "X-Sig"'],
    [
      'a sender with a word that means something else',
      { trigger: { strategy: 'signal', senders: { hmac: { title: 'H', proof: signed, eventId: { body: ['id'] } } } } },
      '"hmac" has no id of its own',
    ],
    ['a setting that is decided and offered', { trigger: { strategy: 'webhook', fixed: { mode: 'slow' } } }, '"mode" is decided, and offered'],
    [
      'a filter by a setting it lacks',
      { trigger: { strategy: 'webhook', only: { at: { body: ['type'] }, setting: 'events' } } },
      'calls that count is none it has',
    ],
    ['a secret that its connections lack', { connection: 'optional', trigger: { strategy: 'webhook', secret: 'signingKey' } }, 'checked with "signingKey"'],
  ])('%s', (_title, change, problem) => {
    expect(breaks(connector({}, change)).join('\n')).toContain(problem);
  });
});

describe('an icon', () => {
  const withPart = (part: string) => icon.replace('<path d="M0 0h24"/>', part);

  test.each([
    '<script>alert(1)</script>',
    '<path onload="x()"/>',
    '<path/onclick=x() />',
    '<a href="https://e.example"><path/></a>',
    '<image href="https://e.example/x.png"/>',
    '<use xlink:href="#a"/>',
    '<foreignObject/>',
    '<style>*{}</style>',
    '<path style="background:url(https://e.example)"/>',
    '<path fill="url(https://e.example#a)"/>',
    '<animate/>',
    '<!-- comment -->',
    '<!DOCTYPE svg>',
    '&lt;',
    '<path fill="javascript:x"/>',
  ])('may not hold %s', (part) => {
    expect(iconProblem(withPart(part))).toMatch(/^The icon must/);
  });

  test.each([
    '',
    '<svg>',
    '<p/>',
    icon.replace('currentColor', 'red'),
    icon.replace('24 24', '16 16'),
    withPart(`<path d="${'M0 0'.repeat(3000)}"/>`),
  ])('must be a small drawing (%#)', (svg) => {
    expect(iconProblem(svg)).toMatch(/^The icon must/);
  });

  test('may use shapes, groups and gradients of its own', () => {
    expect(iconProblem(withPart('<g><defs><linearGradient id="a"/></defs><circle r="2" fill="url(#a)"/></g>'))).toBeUndefined();
  });
});

describe('the files of a test context', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const by = (idempotencyKey: string, runId = 'run_1') => ({ runId, idempotencyKey });
  const text = async (context: { files: { read(name: string): Promise<Uint8Array> } }, name: string) => Buffer.from(await context.files.read(name)).toString();

  test('are real, and listed by name', async () => {
    const context = createTestContext();
    await context.files.write('out/b.csv', bytes('bb'), by('1'));
    await context.files.write('a.csv', bytes('a'), by('1'));
    expect(await context.files.list()).toEqual([
      { name: 'a.csv', sizeBytes: 1, updatedAt: expect.any(String) },
      { name: 'out/b.csv', sizeBytes: 2, updatedAt: expect.any(String) },
    ]);
    expect(existsSync(`${context.folder}/out/b.csv`)).toBe(true);
  });

  test('a step that is tried again replaces what it had added', async () => {
    const context = createTestContext();
    const lengths = [
      await context.files.append('log', by('1'), () => bytes('one\n')),
      await context.files.append('log', by('2'), () => bytes('twoooo\n')),
      await context.files.append('log', by('2'), () => bytes('two\n')),
      await context.files.append('log', by('3'), () => bytes('three\n')),
    ];
    expect(lengths).toEqual([0, 4, 4, 8]);
    expect(await text(context, 'log')).toBe('one\ntwo\nthree\n');
  });

  test('another run begins the file anew', async () => {
    const context = createTestContext();
    await context.files.append('log', by('1'), () => bytes('old'));
    expect(await context.files.append('log', by('1', 'run_2'), () => bytes('new'))).toBe(0);
    expect(await text(context, 'log')).toBe('new');
  });

  test.each(['../x', '/etc/passwd', 'a/../../x', 'a\\b', '', 'a//b', 'a\0b', '.', '..'])('%j leaves the folder and is refused', async (name) => {
    await expect(createTestContext().files.read(name)).rejects.toBeInstanceOf(InputError);
    await expect(createTestContext().files.write(name, bytes('x'), by('1'))).rejects.toBeInstanceOf(InputError);
  });

  test('a missing file and a database of another kind are told at the field', async () => {
    await expect(createTestContext().files.read('none.csv')).rejects.toMatchObject({ path: ['config', 'file'] });
    await expect(createTestContext().files.database('weft.txt')).rejects.toMatchObject({ path: ['config', 'file'] });
  });
});

test('a context without a way out says how to get one', async () => {
  await expect(createTestContext().http.request({ method: 'GET', url: 'http://x/', signal: new AbortController().signal })).rejects.toThrow('createEgress');
});
