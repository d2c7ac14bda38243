import { and, asc, eq } from 'drizzle-orm';
import type { AuthScheme, CallRate, ConnectorDescriptor } from '@weft/connector-sdk';
import { secretFields } from '@weft/connector-sdk/auth';
import { createAjvValidator } from '@weft/json-schema/ajv';
import { equal, isObject, type JsonObject, type JsonSchema, withDefaults } from '@weft/json-schema';
import { commit, statement } from '../../db/commit.ts';
import { newId } from '../../db/ids.ts';
import type { Db } from '../../db/open.ts';
import { connections } from '../../db/schema/index.ts';
import type { ConnectionSummary } from '@weft/api';
import { fieldIssue, invalid, notFound, Refused } from '../../refused.ts';
import type { Vault } from '../../vault/vault.ts';
import { type Act, recorded } from '../audit/act.ts';
import { audit } from '../audit/writer.ts';
import type { FlowReader } from '../flows/reader.ts';
import { createRenewals, type OpenConnection, type Renew } from './renewals.ts';

export interface NewConnection {
  /** At most so many calls; null or absent: as many as come. */
  rateLimit?: CallRate | null;
  title: string;
  connector: string;
  scheme: string;
  config: JsonObject;
  credentials: JsonObject;
}

export interface ConnectionChanges {
  /** Null takes the limit away. */
  rateLimit?: CallRate | null;
  title?: string;
  config?: JsonObject;
  /** Fields that are absent stay as they are; null takes one away. */
  credentials?: JsonObject;
}

export interface ConnectionStore {
  list(workspaceId: string): Promise<ConnectionSummary[]>;
  create(act: Act, workspaceId: string, connection: NewConnection): Promise<ConnectionSummary>;
  change(actorId: string, workspaceId: string, connectionId: string, changes: ConnectionChanges): Promise<ConnectionSummary>;
  /** @throws {Refused} 409 while flows use it. */
  remove(actorId: string, workspaceId: string, connectionId: string): Promise<void>;
  /** @throws {Refused} 404. */
  require(workspaceId: string, connectionId: string): Promise<void>;
  /** How often its steps may call. From memory: asked before every call. */
  rateOf(workspaceId: string, connectionId: string): CallRate | undefined;
  /** Null when the workspace has no such connection. */
  open(workspaceId: string, connectionId: string): Promise<OpenConnection | null>;
  /** Credentials that expired are replaced by new ones; many who ask at once share one renewal. */
  renew: Renew;
  /** A step has used it without a failure: a test that failed before says nothing any more. Free where none did. */
  noteWorked(workspaceId: string, connectionId: string): void;
  noteTest(workspaceId: string, connectionId: string, test: { ok: boolean; message: string }): Promise<void>;
}

export interface ConnectionStoreOptions {
  db: Db;
  vault: Vault;
  descriptors: readonly ConnectorDescriptor[];
  flows: Pick<FlowReader, 'usesOfConnections'>;
  /** Told after the commit of a change or a removal. */
  changed?: (workspaceId: string) => void;
}

type Row = typeof connections.$inferSelect;

const hasAllSecrets = (schema: JsonSchema, credentials: JsonObject = {}): boolean => secretFields(schema).every((field) => Object.hasOwn(credentials, field));

export function createConnectionStore({ db, vault, descriptors, flows, changed }: ConnectionStoreOptions): ConnectionStore {
  const validator = createAjvValidator();
  const mine = (workspaceId: string, connectionId: string) => and(eq(connections.workspaceId, workspaceId), eq(connections.id, connectionId));

  function find(workspaceId: string, connectionId: string): Row {
    const row = db.select().from(connections).where(mine(workspaceId, connectionId)).get();
    if (!row) throw notFound('This connection');
    return row;
  }

  const credentialsOf = (row: Row): JsonObject => vault.open({ workspaceId: row.workspaceId, rowId: row.id, version: row.version }, row.sealed);

  /** Those whose last test failed, as far as they have been opened since. */
  const failing = new Set<string>();

  /** By connection; null: no limit. */
  const rates = new Map<string, CallRate | null>();

  type Uses = Awaited<ReturnType<FlowReader['usesOfConnections']>>;

  function toSummary(row: Row, uses: Uses): ConnectionSummary {
    return {
      id: row.id,
      title: row.title,
      connector: row.connector,
      scheme: row.scheme,
      config: row.config,
      credentialFields: row.credentialFields,
      createdAt: new Date(row.createdAt).toISOString(),
      lastTest:
        row.testedAt === null
          ? null
          : { ok: row.testOk ?? false, at: new Date(row.testedAt).toISOString(), message: row.testMessage ?? '' },
      rateLimit: row.rateLimit,
      usedBy: uses.get(row.id) ?? [],
    };
  }

  const summary = async (row: Row): Promise<ConnectionSummary> => toSummary(row, await flows.usesOfConnections(row.workspaceId));

  function schemeOf(connectorId: string, schemeId: string): { scheme: AuthScheme; config: JsonSchema | undefined } {
    const connector = descriptors.find(({ id }) => id === connectorId);
    const scheme = connector?.auth.find(({ id }) => id === schemeId);
    if (!connector || !scheme) {
      throw invalid('Choose one of the ways to connect that this connector offers.', [{ path: ['scheme'], message: 'Choose a way to connect.' }]);
    }
    return { scheme, config: scheme.config ?? connector.connectionConfig };
  }

  /** The part of the values that the schema declares, checked; undeclared fields are refused. */
  function checked(schema: JsonSchema | undefined, value: JsonObject, part: 'config' | 'credentials'): JsonObject {
    const undeclared = Object.keys(value).filter((key) => !Object.hasOwn(schema?.properties ?? {}, key));
    const complete = schema ? withDefaults(schema, value) : value;
    const issues = [
      ...undeclared.map((key) => ({ path: [part, key], message: 'This field does not belong here.' })),
      ...(schema ? validator.validate(schema, complete) : []).map((issue) => ({ ...fieldIssue(issue), path: [part, ...issue.path] })),
    ];
    if (issues.length > 0 || !isObject(complete)) throw invalid('Some fields of the connection need another look.', issues);
    return complete;
  }

  const named = (credentials: JsonObject): string[] => Object.keys(credentials).filter((key) => credentials[key] !== '' && credentials[key] !== null);

  async function open(workspaceId: string, connectionId: string): Promise<OpenConnection | null> {
    const row = db.select().from(connections).where(mine(workspaceId, connectionId)).get();
    if (!row) return null;
    if (row.testOk === false) failing.add(connectionId);
    else failing.delete(connectionId);
    const { id, connector, version, scheme, config } = row;
    return { id, workspaceId, connector, version, values: { scheme, config, credentials: credentialsOf(row) } };
  }

  async function replace({ id, workspaceId, version: before }: OpenConnection, credentials: JsonObject): Promise<void> {
    const version = before + 1;
    const credentialFields = named(credentials);
    const sealed = vault.seal({ workspaceId, rowId: id, version }, credentials);
    await commit(db, [
      statement(
        db
          .update(connections)
          .set({ credentialFields, sealed, version, updatedAt: Date.now() })
          .where(and(mine(workspaceId, id), eq(connections.version, before))),
        { rows: 1 },
      ),
      audit(db, { workspaceId, actorId: 'system', action: 'connection.renewed', subjectId: id }),
    ]);
  }

  return {
    async list(workspaceId) {
      const rows = db.select().from(connections).where(eq(connections.workspaceId, workspaceId)).orderBy(asc(connections.title), asc(connections.id)).all();
      const uses = await flows.usesOfConnections(workspaceId);
      return rows.map((row) => toSummary(row, uses));
    },
    async create(act, workspaceId, { title, connector, scheme: schemeId, ...given }) {
      const { scheme, config: configSchema } = schemeOf(connector, schemeId);
      const config = checked(configSchema, given.config, 'config');
      const credentials = checked(scheme.fields, given.credentials, 'credentials');
      const id = newId('conn');
      const now = Date.now();
      const credentialFields = named(credentials);
      const sealed = vault.seal({ workspaceId, rowId: id, version: 1 }, credentials);
      const rateLimit = given.rateLimit ?? null;
      const row: Row = {
        id, workspaceId, title, connector, scheme: schemeId, config, credentialFields, sealed, rateLimit, version: 1, createdAt: now, updatedAt: now,
        testedAt: null, testOk: null, testMessage: null,
      };
      const created = toSummary(row, new Map());
      await commit(db, [
        statement(db.insert(connections).values(row)),
        ...recorded(db, act, {
          workspaceId,
          action: 'connection.created',
          subjectId: id,
          after: { title, connector, scheme: schemeId, config, credentialFields, rateLimit: rateJson(rateLimit) },
        }, created),
      ]);
      return created;
    },
    async change(actorId, workspaceId, connectionId, changes) {
      const row = find(workspaceId, connectionId);
      const { scheme, config: configSchema } = schemeOf(row.connector, row.scheme);
      const config = changes.config ? checked(configSchema, changes.config, 'config') : row.config;
      const title = changes.title ?? row.title;
      const rateLimit = changes.rateLimit === undefined ? row.rateLimit : changes.rateLimit;
      // Otherwise a person who may edit the address could send the saved secrets to a server of their own.
      if (!equal(config, row.config) && row.credentialFields.length > 0 && !hasAllSecrets(scheme.fields, changes.credentials)) {
        const message = 'Enter it again, because where it is sent to has changed.';
        const issues = secretFields(scheme.fields).map((field) => ({ path: ['credentials', field], message }));
        throw invalid('These settings say where the credentials are sent. Enter the credentials again to change them.', issues);
      }
      let secrets: Partial<Row> = {};
      if (changes.credentials) {
        const merged = Object.fromEntries(Object.entries({ ...credentialsOf(row), ...changes.credentials }).filter(([, value]) => value !== null));
        const credentials = checked(scheme.fields, merged, 'credentials');
        const version = row.version + 1;
        secrets = { credentialFields: named(credentials), version, sealed: vault.seal({ workspaceId, rowId: row.id, version }, credentials) };
      }
      const differs = changes.config !== undefined || changes.credentials !== undefined;
      await commit(db, [
        statement(
          db
            .update(connections)
            .set({ title, config, rateLimit, ...secrets, updatedAt: Date.now(), ...(differs && { testedAt: null, testOk: null, testMessage: null }) })
            .where(and(mine(workspaceId, connectionId), eq(connections.version, row.version))),
          {
            rows: 1,
            otherwise: () => new Refused(409, 'connection.changed', 'Somebody else changed this connection at the same moment. Look again, then save.'),
          },
        ),
        audit(db, {
          workspaceId, actorId, action: 'connection.changed', subjectId: row.id,
          before: { title: row.title, config: row.config, credentialFields: row.credentialFields, rateLimit: rateJson(row.rateLimit) },
          after: {
            title,
            config,
            rateLimit: rateJson(rateLimit),
            credentialFields: secrets.credentialFields ?? row.credentialFields,
            newCredentials: changes.credentials !== undefined,
          },
        }),
      ]);
      rates.delete(connectionId);
      changed?.(workspaceId);
      return summary(find(workspaceId, connectionId));
    },
    async remove(actorId, workspaceId, connectionId) {
      const row = find(workspaceId, connectionId);
      const usedBy = (await flows.usesOfConnections(workspaceId)).get(connectionId) ?? [];
      if (usedBy.length > 0) {
        throw new Refused(
          409,
          'connection.used',
          `“${row.title}” is used by ${usedBy.map(({ title }) => `“${title}”`).join(', ')}. Choose another connection there first.`,
        );
      }
      await commit(db, [
        statement(db.delete(connections).where(mine(workspaceId, connectionId)), { rows: 1 }),
        audit(db, { workspaceId, actorId, action: 'connection.deleted', subjectId: connectionId, before: { title: row.title, connector: row.connector } }),
      ]);
      rates.delete(connectionId);
      changed?.(workspaceId);
    },
    async require(workspaceId, connectionId) {
      find(workspaceId, connectionId);
    },
    rateOf(workspaceId, connectionId) {
      const known = rates.get(connectionId);
      if (known !== undefined) return known ?? undefined;
      const row = db.select({ rateLimit: connections.rateLimit }).from(connections).where(mine(workspaceId, connectionId)).get();
      if (row) rates.set(connectionId, row.rateLimit);
      return row?.rateLimit ?? undefined;
    },
    open,
    renew: createRenewals({ open, replace }),
    noteWorked(workspaceId, connectionId) {
      if (!failing.delete(connectionId)) return;
      const worked = { testedAt: Date.now(), testOk: true, testMessage: 'A step used it without a failure.' };
      db.update(connections).set(worked).where(mine(workspaceId, connectionId)).run();
    },
    async noteTest(workspaceId, connectionId, { ok, message }) {
      await commit(db, [
        statement(db.update(connections).set({ testedAt: Date.now(), testOk: ok, testMessage: message }).where(mine(workspaceId, connectionId))),
      ]);
    },
  };
}

const rateJson = (rate: CallRate | null): JsonObject | null => rate && { ...rate };
