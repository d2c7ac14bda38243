import { isDeepStrictEqual } from 'node:util';
import type { JsonSchema } from '@weft/json-schema';
import { createAjvValidator } from '@weft/json-schema/ajv';
import { authKinds } from '../auth/kinds.ts';
import type { Connector } from '../runtime.ts';
import { iconProblem } from './icon-problem.ts';
import { eachSchema, looksSecret, schemaProblem } from './schema-walk.ts';

/** One thing every connector keeps. @returns a sentence for each break, naming the place. */
export type Rule<T> = (subject: T) => string[];

export const idForm = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** What holds for a connector as a whole. */
export const connectorRules: Record<string, Rule<Connector>> = {
  'its id, version, title and texts say what it is': ({ descriptor: { id, version, title, description = '', categories, operations } }) => [
    ...unless(idForm.test(id), `the id "${id}" is not lower case letters, digits and hyphens`),
    ...unless(/^\d+\.\d+\.\d+$/.test(version), `the version "${version}" is not like 1.0.0`),
    ...unless(/\S/.test(title), 'the title is missing'),
    ...unless(/\S/.test(description), 'the description is missing'),
    ...unless(categories.length > 0, 'it has no category'),
    ...unless(operations.length > 0, 'it has no operation'),
  ],

  'it is pure JSON: a round trip changes nothing': ({ descriptor }) =>
    unless(isDeepStrictEqual(JSON.parse(JSON.stringify(descriptor)), descriptor), 'the descriptor holds something that is not JSON'),

  'its icon is a safe SVG that takes the colour around it': ({ descriptor }) => [iconProblem(descriptor.icon ?? '')].filter((problem) => problem !== undefined),

  'what is secret is marked': ({ descriptor }) =>
    descriptor.auth.flatMap(({ id, fields }) =>
      [...eachSchema(fields)]
        .filter(({ path, schema }) => schema.type === 'string' && looksSecret(path.at(-1) ?? '') && schema['x-secret'] !== true)
        .map(({ path }) => `the credentials "${id}": "${path.join('.')}" looks secret but is not marked with secret()`),
    ),

  'secrets stand in credentials only': (connector) =>
    openSchemas(connector).flatMap(({ where, schema }) =>
      [...eachSchema(schema)]
        .filter((part) => part.schema['x-secret'] !== undefined)
        .map(({ path }) => `${where}: "${path.join('.')}" is a secret, which only credentials may hold`),
    ),

  'its ways to connect are told apart': ({ descriptor: { auth } }) => {
    const ids = auth.map(({ id }) => id);
    return [
      ...unless(new Set(ids).size === ids.length, 'two auth schemes share an id'),
      ...ids.filter((id) => !idForm.test(id)).map((id) => `the auth scheme id "${id}" is not lower case letters, digits and hyphens`),
      ...auth.filter(({ title }) => !/\S/.test(title)).map(({ id }) => `the auth scheme "${id}" has no title`),
    ];
  },

  'the hosts it may reach are hosts': ({ descriptor: { governance: { allowedHosts } } }) =>
    allowedHosts
      .filter((host) => host !== '*' && !/^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?$/.test(host))
      .map((host) => `"${host}" is no host: governance.allowedHosts holds names like api.example.com, *.example.com, or * for any`),

  'its credentials have a host to go to, and read settings that are there': ({ descriptor }) =>
    descriptor.auth.flatMap((scheme) => {
      const settings = (scheme.config ?? descriptor.connectionConfig)?.properties ?? {};
      const read = [scheme.hostSetting, ...Object.values<unknown>({ ...scheme }).map(settingIn)].filter((name) => name !== undefined);
      const hasHost = scheme.hostSetting !== undefined || descriptor.governance.allowedHosts.some((host) => host !== '*');
      const needsHost = authKinds[scheme.kind].apply !== undefined && !hasHost;
      return [
        ...unless(
          !needsHost,
          `the credentials "${scheme.id}" are for no host: name the setting with the host as hostSetting, or the hosts in governance.allowedHosts`,
        ),
        ...read.filter((name) => !Object.hasOwn(settings, name))
          .map((name) => `the credentials "${scheme.id}" read the setting "${name}", which a connection does not have`),
      ];
    }),

  'an operation that takes a connection can have one': ({ descriptor, testConnection }) => {
    if (descriptor.auth.length > 0) return [];
    return [
      ...descriptor.operations
        .filter(({ connection = 'none' }) => connection !== 'none')
        .map(({ id }) => `${id} takes a connection, but the connector has no auth scheme; noAuth() is one`),
      ...unless(testConnection === undefined, 'it tests connections, but has no auth scheme'),
    ];
  },

  'the secret that calls are checked with stands in its connections': ({ descriptor: { auth, operations } }) =>
    operations.flatMap(({ id, connection = 'none', trigger }) => {
      if (connection === 'none' || (trigger?.strategy !== 'webhook' && trigger?.strategy !== 'signal')) return [];
      const field = trigger.secret ?? 'secret';
      return unless(
        auth.some(({ fields }) => fields.properties?.[field]?.['x-secret'] === true),
        `${id} is checked with "${field}", which is no secret of its connections`,
      );
    }),

  'code and descriptor name the same operations': ({ descriptor, operations }) => {
    const described = descriptor.operations.map(({ id }) => id);
    return [
      ...described.filter((id) => !Object.hasOwn(operations, id)).map((id) => `${id} is described but has no code`),
      ...Object.keys(operations).filter((id) => !described.includes(id)).map((id) => `${id} has code but is not described`),
      ...unless(new Set(described).size === described.length, 'two operations share an id'),
    ];
  },

  'its schemas are valid and compile': (connector) =>
    schemasOf(connector).flatMap(({ where, schema }) => {
      const problem = schemaProblem(schema);
      return problem === undefined ? [] : [`${where}: ${problem}`];
    }),

  'its defaults fit their schemas': (connector) =>
    schemasOf(connector).flatMap(({ where, schema: root }) =>
      [...eachSchema(root)]
        .filter(({ schema }) => schema.default !== undefined && validator.validate(schema, schema.default).length > 0)
        .map(({ path }) => `${where}: the default of "${path.join('.')}" does not fit its schema`),
    ),
};

const validator = createAjvValidator();

export function unless(holds: boolean, problem: string): string[] {
  return holds ? [] : [problem];
}

/** A part of an auth scheme that is left to a setting. */
function settingIn(part: unknown): string | undefined {
  const setting = typeof part === 'object' && part !== null && 'setting' in part ? part.setting : undefined;
  return typeof setting === 'string' ? setting : undefined;
}

interface PlacedSchema {
  where: string;
  schema: JsonSchema;
}

/** The schemas of all values that are not secret. */
function openSchemas({ descriptor }: Connector): PlacedSchema[] {
  return [
    ...placed('the connection', descriptor.connectionConfig),
    ...descriptor.auth.flatMap(({ id, config }) => placed(`the settings "${id}"`, config)),
    ...descriptor.operations.flatMap(({ id, config, input, output }) => [
      ...placed(`${id} config`, config),
      ...placed(`${id} input`, input),
      ...placed(`${id} output`, output),
    ]),
  ];
}

function schemasOf(connector: Connector): PlacedSchema[] {
  return [...openSchemas(connector), ...connector.descriptor.auth.flatMap(({ id, fields }) => placed(`the credentials "${id}"`, fields))];
}

function placed(where: string, schema: JsonSchema | undefined): PlacedSchema[] {
  return schema === undefined ? [] : [{ where, schema }];
}
