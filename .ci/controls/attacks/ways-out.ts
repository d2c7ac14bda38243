import type { Attack } from '../control.ts';

/** What Weft calls, and the secrets that it does so with. */
export const waysOut: readonly Attack[] = [
  {
    id: '11',
    tried: "Choices of a form with a connection of another workspace and an address of one's own",
    controls: [
      {
        holds: 'credentials are sent to the hosts of their connection only',
        file: 'packages/connector-sdk/src/auth/lend-connection.ts',
        off: "if (!goesTo(hosts, url)) throw",
        instead: 'if (false) throw',
        tests: ['packages/connectors/test/credentials.test.ts'],
      },
      {
        holds: 'a connection is lent to the connector that it was made for only',
        file: 'apps/server/src/runtime/lending.ts',
        off: 'if (!opened || opened.connector !== connector.descriptor.id) {',
        instead: 'if (!opened) {',
        tests: ['apps/server/src/runtime/runner.test.ts', 'apps/server/src/stores/connections/stored-connections.test.ts'],
      },
      {
        holds: 'a connector reaches the hosts that it declares and no others',
        file: 'packages/connector-sdk/src/way-out.ts',
        off: 'if (!isAmong(hosts, host, port)) throw',
        instead: 'if (false) throw',
        tests: ['packages/connector-sdk/src/way-out.test.ts'],
      },
      {
        holds: 'credentials are entered again where it changes where they are sent',
        file: 'apps/server/src/stores/connections/connection-store.ts',
        off: 'if (!equal(config, row.config) && row.credentialFields.length > 0 && !hasAllSecrets(scheme.fields, changes.credentials)) {',
        instead: 'if (false) {',
        tests: ['apps/server/src/http/connections.test.ts'],
      },
    ],
  },
  {
    id: '12',
    tried: 'Lists, exports, copies and the audit, for secrets; an import that names a connection of somebody else',
    controls: [
      {
        holds: 'of a connection its settings are shown, and of its credentials the names',
        file: 'apps/server/src/stores/connections/connection-store.ts',
        off: 'credentialFields: row.credentialFields,\n      createdAt',
        instead: 'credentialFields: Object.values(credentialsOf(row)).map(String),\n      createdAt',
        tests: ['apps/server/src/http/connections.test.ts'],
      },
      {
        holds: 'an import uses no connection that it was not given here',
        file: 'apps/server/src/stores/flows/adopt.ts',
        off: "adopted = withAt(adopted, [...part.path, 'connection'], connectionTakenOut);",
        instead: '',
        tests: ['apps/server/src/stores/flows/adopt.test.ts', 'apps/server/src/http/flows.test.ts'],
      },
    ],
  },
  {
    id: '17',
    tried: 'Private addresses in every form of writing, names that stand for them, names that change their answer, redirects to them',
    controls: [
      {
        holds: 'an address that is not public is refused',
        file: 'packages/egress/src/address-policy.ts',
        off: 'if (!current().allows(target)) throw refusedPrivate(host);',
        instead: '',
        tests: ['packages/egress/src/refusals.test.ts'],
      },
      {
        holds: 'of the IPv6 space only what is given out for the public counts as public',
        file: 'packages/egress/src/address-policy.ts',
        off: "return address.kind() === 'ipv4' || address.match(globalUnicast6);",
        instead: 'return true;',
        tests: ['packages/egress/src/refusals.test.ts'],
      },
      {
        holds: 'a public address that gives a machine its secrets counts as private',
        file: 'packages/egress/src/address-policy.ts',
        off: ' || metadataInPublicSpace.has(address.toString())',
        instead: '',
        tests: ['packages/egress/src/refusals.test.ts'],
      },
      {
        holds: 'Weft does not call itself',
        file: 'packages/egress/src/address-policy.ts',
        off: 'if (port === ownPort?.() && isThisMachine(address)) {',
        instead: 'if (false) {',
        tests: ['packages/egress/src/refusals.test.ts'],
      },
      {
        holds: 'every address of a name is checked',
        file: 'packages/egress/src/resolve-host.ts',
        off: 'for (const { address } of found) policy.check(host, address, port);',
        instead: 'policy.check(host, found[0]!.address, port);',
        tests: ['packages/egress/src/refusals.test.ts'],
      },
      {
        holds: 'the address that was checked is the one that is dialled',
        file: 'packages/egress/src/dispatchers.ts',
        off: 'const dial = buildConnector({ timeout: connectTimeoutMs, allowH2: false, lookup });',
        instead: 'const dial = buildConnector({ timeout: connectTimeoutMs, allowH2: false });',
        tests: ['packages/egress/src/refusals.test.ts'],
      },
      {
        holds: 'addresses written as numbers are checked, too',
        file: 'packages/egress/src/dispatchers.ts',
        off: 'if (isIP(options.hostname) !== 0) guard.policy.check(',
        instead: 'if (false) guard.policy.check(',
        tests: ['packages/egress/src/refusals.test.ts'],
      },
      {
        holds: 'a redirect leads to http and https only',
        file: 'packages/egress/src/http-client.ts',
        off: 'checkScheme(next.url);',
        instead: '',
        tests: ['packages/egress/src/refusals.test.ts'],
      },
    ],
  },
  {
    id: '18',
    tried: 'Redirects to another host, and expressions that change the host, with credentials',
    controls: [
      {
        holds: 'headers that may be credentials do not follow to another origin',
        file: 'packages/egress/src/redirect.ts',
        off: 'filter(([name]) => sameOrigin || harmlessHeaders.has(name))',
        instead: 'filter(() => true)',
        tests: ['packages/egress/src/http-client.test.ts', 'packages/connectors/test/credentials.test.ts'],
      },
      {
        holds: 'a wildcard stands for hosts under it, and a port for itself',
        file: 'packages/connector-sdk/src/auth/hosts.ts',
        off: "if (!entry.startsWith('*.')) return normalHost(entry, url.protocol) === url.host;",
        instead: "if (!entry.startsWith('*.')) return normalHost(entry, url.protocol)?.split(':')[0] === url.hostname;",
        tests: ['packages/connectors/src/http/http.test.ts'],
      },
    ],
  },
  { id: '19', tried: 'An OAuth callback without state, with a used or a foreign one', controls: [], none: 'Weft has no OAuth yet.' },
  { id: '21', tried: 'An archive with ../, links, 100,000 entries, or a bomb', controls: [], none: 'Weft unpacks no archives yet.' },
  {
    id: '25',
    tried: 'Secrets that are sought in the database, the log, runs, exports and errors',
    controls: [
      {
        holds: 'credentials lie sealed in the database',
        file: 'apps/server/src/vault/vault.ts',
        off: 'encrypt(dataKey, Buffer.from(JSON.stringify(value)), aad),',
        instead: 'encrypt(dataKey, Buffer.from(JSON.stringify(value)), aad), Buffer.from(JSON.stringify(value)),',
        tests: ['apps/server/src/http/connections.test.ts', 'apps/server/src/vault/vault.test.ts'],
      },
      {
        holds: 'what connectors give is masked',
        file: 'apps/server/src/runtime/lending.ts',
        off: 'return masked(await work(context), mask);',
        instead: 'return await work(context);',
        tests: ['apps/server/src/http/runs.test.ts', 'apps/server/src/runtime/runner.test.ts'],
      },
      {
        holds: 'errors of connectors are masked',
        file: 'apps/server/src/runtime/lending.ts',
        off: 'failure.message = redactText(maskText(failure.message, secrets()));',
        instead: '',
        tests: ['apps/server/src/http/runs.test.ts', 'apps/server/src/runtime/runner.test.ts'],
      },
      {
        holds: 'what connectors write into the log is masked',
        file: 'apps/server/src/runtime/lending.ts',
        off: 'details: entry }, redactText(maskText(message, secrets())));',
        instead: 'details }, message);',
        tests: ['apps/server/src/runtime/runner.test.ts'],
      },
      {
        holds: 'what stands under the name of a secret is shown to nobody',
        file: 'apps/server/src/redact/redact.ts',
        off: "known = secretNames.has(name.replaceAll(/[-_]/g, '').toLowerCase());",
        instead: 'known = false;',
        tests: ['apps/server/src/redact/redact.test.ts', 'apps/server/src/runs/reader.test.ts'],
      },
    ],
  },
  {
    id: '26',
    tried: 'What is sealed, moved to another row or workspace, or with a bit turned',
    controls: [
      {
        holds: 'a seal opens at its own place only',
        file: 'apps/server/src/vault/vault.ts',
        off: 'Buffer.from(JSON.stringify([workspaceId, rowId, version]));',
        instead: 'Buffer.from(JSON.stringify([typeof workspaceId, typeof rowId, typeof version]));',
        tests: ['apps/server/src/vault/vault.test.ts'],
      },
      {
        holds: 'a seal with a bit turned does not open',
        file: 'apps/server/src/vault/vault.ts',
        off: 'decipher.final()]);',
        instead: ']);',
        tests: ['apps/server/src/vault/vault.test.ts'],
      },
    ],
  },
];
