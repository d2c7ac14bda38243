import { withDefaults, type Json, type JsonSchema } from '@weft/json-schema';
import { createAjvValidator } from '@weft/json-schema/ajv';
import { statusForm } from '../declared-failure.ts';
import type { Operation } from '../descriptor.ts';
import type { OperationRuntime } from '../runtime.ts';
import type { Sender } from '../trigger-contract.ts';
import { idForm, unless, type Rule } from './connector-rules.ts';

interface Subject {
  operation: Operation;
  runtime: OperationRuntime;
}

/** What holds for each operation of a connector. */
export const operationRules: Record<string, Rule<Subject>> = {
  'it has an id, a title and a description': ({ operation: { id, title, description = '' } }) => [
    ...unless(idForm.test(id), `the id "${id}" is not lower case letters, digits and hyphens`),
    ...unless(/\S/.test(title), 'the title is missing'),
    ...unless(/\S/.test(description), 'the description is missing'),
  ],

  'every field has a title': ({ operation: { config, input, output } }) =>
    Object.entries({ config, input, output }).flatMap(([part, schema]) =>
      Object.entries(schema?.properties ?? {})
        .filter(([, field]) => !/\S/.test(field.title ?? ''))
        .map(([name]) => `${part}.${name} has no title`),
    ),

  'it has samples, and they fit its schemas': ({ operation: { kind, config, input, output, samples } }) => [
    ...unless(samples.some((sample) => sample.output !== undefined), 'no sample has an output'),
    ...samples.flatMap((sample) => [
      ...unless(/\S/.test(sample.title), 'a sample has no title'),
      ...fits(`config of the sample "${sample.title}"`, config, config && withDefaults(config, sample.config ?? {})),
      ...(kind !== 'trigger' ? fits(`input of the sample "${sample.title}"`, input, withDefaults(input, sample.input ?? {})) : []),
      ...fits(`output of the sample "${sample.title}"`, output, sample.output),
    ]),
  ],

  'its one-line summary names fields it has': ({ operation }) =>
    [...(operation.summary ?? '').matchAll(/\{([^}]*)\}/g)]
      .map(([, path = '']) => path)
      .filter((path) => !hasField(operation, path))
      .map((path) => `the summary names {${path}}, which it does not have`),

  'its dynamic parts have handlers and depend on fields it has': ({ operation, runtime }) =>
    Object.entries(operation.dynamic ?? {}).flatMap(([part, { kind, source, dependsOn }]) => [
      ...unless(
        typeof (kind === 'options' ? runtime.options : runtime.schemas)?.[source] === 'function',
        `${part} is read from "${source}", but there is no such handler`,
      ),
      ...unless(part === 'input' || part === 'output' || hasField(operation, part), `${part} is dynamic, but is no part of it`),
      ...dependsOn
        .filter((needed) => (needed === 'connection' ? (operation.connection ?? 'none') === 'none' : !hasField(operation, needed)))
        .map((needed) => `${part} depends on ${needed}, which it does not have`),
    ]),

  'it has code if it is an action, and says how it starts runs if it is a trigger': ({ operation: { kind, trigger }, runtime: { run, poll } }) =>
    kind === 'trigger'
      ? [
          ...unless(trigger !== undefined, 'it does not say how it starts runs'),
          ...unless(run === undefined, 'a trigger has no code of its own'),
          ...unless((typeof poll === 'function') === (trigger?.strategy === 'polling'), 'a polling trigger has poll(), and no other one has'),
        ]
      : kind === 'source'
        ? [...unless(trigger === undefined, 'a source starts no runs'), ...unless(run === undefined, 'a source is read and not run')]
        : [...unless(trigger === undefined, 'an action starts no runs'), ...unless(typeof run === 'function', 'it has no run()')],

  'a trigger that is called says completely how its senders sign': ({ operation: { config, trigger } }) => {
    if (trigger?.strategy !== 'webhook' && trigger?.strategy !== 'signal') return [];
    const { fixed = {}, senders = {} } = trigger;
    const only = trigger.strategy === 'webhook' ? trigger.only : undefined;
    return [
      ...Object.entries(senders).flatMap(([id, sender]) => senderProblems(id, sender)),
      ...Object
        .keys(fixed)
        .filter((name) => config?.properties?.[name] !== undefined)
        .map((name) => `the setting "${name}" is decided, and offered all the same`),
      ...unless(
        only === undefined || config?.properties?.[only.setting] !== undefined || Object.hasOwn(fixed, only.setting),
        'the setting with the calls that count is none it has',
      ),
    ];
  },

  'what takes part in streams says so, and has the code for it': ({ operation: { kind, config, effect, stream }, runtime: { read, write, sync } }) => [
    ...unless((kind === 'source') === (stream?.role === 'source'), 'a source has the stream role "source", and nothing else has'),
    ...unless((typeof read === 'function') === (kind === 'source'), 'a source has read(), and nothing else has'),
    ...unless(kind !== 'source' || effect === 'read', 'a source only reads'),
    ...unless((typeof write === 'function') === (stream?.role === 'sink'), 'a sink has write(), and nothing else has'),
    ...unless(sync === undefined || stream?.role === 'sink', 'only a sink has sync()'),
    ...unless(
      stream?.unless === undefined || config?.properties?.[stream.unless.config] !== undefined,
      'the setting with which it is not resumable is none it has',
    ),
  ],

  'it names the failures it is known to have, with what to do': ({ operation: { kind, failures } }) => [
    ...unless(kind === 'trigger' || failures.length > 0, 'it names no failure'),
    ...failures.filter(({ userMessage }) => !/^\S.*[.!?]$/s.test(userMessage)).map((failure) => `the failure "${failure.kind}" has no sentence`),
  ],

  'its failures are told apart by what the host can read': ({ operation: { failures } }) => {
    const matched = failures.flatMap(({ match: { status, code } = {} }) =>
      status === undefined && code === undefined ? [] : (status ?? 'any').split(',').map((one) => `${one} ${code ?? ''}`.trim()));
    return [
      ...failures
        .filter(({ match }) => match?.status !== undefined && !statusForm.test(match.status))
        .map(({ match }) => `the status "${match?.status}" is not like 429, 5xx or 400,422`),
      ...matched.filter((one, index) => matched.indexOf(one) !== index).map((one) => `two failures are told by ${one}`),
    ];
  },

  'its limits are whole numbers above 0': ({ operation: { limits = {}, rateLimit } }) =>
    Object.entries({ ...limits, ...(rateLimit && { calls: rateLimit.calls }) })
      .filter(([, value]) => !Number.isInteger(value) || value < 1)
      .map(([name, value]) => `${name} is ${value}`),
};

const namesOfOwn = new Set(['none', 'hmac', 'token']);

function senderProblems(id: string, { title, proof, eventId }: Sender): string[] {
  const form = 'token' in proof ? undefined : proof;
  const headers = [
    'token' in proof ? proof.token.header : proof.header,
    form?.timestamp?.header,
    form?.idHeader,
    'header' in eventId ? eventId.header : undefined,
  ];
  const isSigned = (name: string) => form?.signed.includes(`{${name}}`) === true;
  return [
    ...unless(idForm.test(id) && !namesOfOwn.has(id), `the sender "${id}" has no id of its own`),
    ...unless(/\S/.test(title), `the sender "${id}" has no title`),
    ...headers
      .filter((header) => header !== undefined && header !== header.toLowerCase())
      .map((header) => `the sender "${id}" names "${header}", and headers come in lower case`),
    ...unless(form === undefined || isSigned('body'), `the sender "${id}" does not sign {body}`),
    ...unless(isSigned('timestamp') === (form?.timestamp !== undefined), `the sender "${id}" does not say where the {timestamp} stands that it signs`),
    ...unless(isSigned('id') === (form?.idHeader !== undefined), `the sender "${id}" does not say where the {id} stands that it signs`),
  ];
}

const validator = createAjvValidator();

function fits(what: string, schema: JsonSchema | undefined, value: Json | undefined): string[] {
  if (schema === undefined || value === undefined) return [];
  return validator.validate(schema, value).map(({ path, message }) => `${what}: "${path.join('.')}" ${message}`);
}

/** @param path - `config.method` or `input.customer.name`. */
function hasField({ config, input }: Operation, path: string): boolean {
  const [part, ...names] = path.split('.');
  const root = part === 'config' ? config : part === 'input' ? input : undefined;
  return names.length > 0 && names.reduce<JsonSchema | undefined>((schema, name) => schema?.properties?.[name], root) !== undefined;
}
