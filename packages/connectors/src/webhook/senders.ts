import type { Json } from '@weft/connector-sdk';

/** How a sender proves that a call is its own: with a signature over the raw body, or with the secret itself in a header. */
export type Proof = SignatureForm | { token: { header: string } };

/** A keyed hash (HMAC) over the raw body, as one sender writes it down. */
export interface SignatureForm {
  /** The header with the signature; lower case. */
  header: string;
  algorithm: 'sha256' | 'sha1' | 'sha512';
  encoding: 'hex' | 'base64';
  /** Stands before the signature: `sha256=`. */
  prefix: string;
  /** Where several signatures stand in the header, one per secret or version: what divides them. One that fits is enough. */
  separator?: ',' | ' ';
  /** What is signed; `{body}`, `{timestamp}` and `{id}` are replaced. */
  signed: string;
  /** Where the moment of sending stands: a header of its own, or a part `t=` of the signature's header. Old calls are refused. */
  timestamp?: { header: string; part?: string };
  /** The header that `{id}` stands for. */
  idHeader?: string;
  /** How the secret is written down: as it is, or in base64 behind `whsec_`. Default text. */
  secret?: 'text' | 'whsec';
}

/** How a sender names one event, so that sending it twice starts one run. */
export type EventIdPlace = { header: string } | { body: string[] };

export interface Sender {
  title: string;
  proof: SignatureForm;
  eventId: EventIdPlace;
}

/** Senders whose way of signing is known. Sources: their documentation of webhooks. */
export const senders = {
  github: {
    title: 'GitHub',
    proof: { header: 'x-hub-signature-256', algorithm: 'sha256', encoding: 'hex', prefix: 'sha256=', signed: '{body}' },
    eventId: { header: 'x-github-delivery' },
  },
  stripe: {
    title: 'Stripe',
    proof: {
      header: 'stripe-signature',
      algorithm: 'sha256',
      encoding: 'hex',
      prefix: 'v1=',
      separator: ',',
      signed: '{timestamp}.{body}',
      timestamp: { header: 'stripe-signature', part: 't=' },
    },
    eventId: { body: ['id'] },
  },
  shopify: {
    title: 'Shopify',
    proof: { header: 'x-shopify-hmac-sha256', algorithm: 'sha256', encoding: 'base64', prefix: '', signed: '{body}' },
    eventId: { header: 'x-shopify-event-id' },
  },
  slack: {
    title: 'Slack',
    proof: {
      header: 'x-slack-signature',
      algorithm: 'sha256',
      encoding: 'hex',
      prefix: 'v0=',
      signed: 'v0:{timestamp}:{body}',
      timestamp: { header: 'x-slack-request-timestamp' },
    },
    eventId: { body: ['event_id'] },
  },
  standard: {
    title: 'Standard Webhooks',
    proof: {
      header: 'webhook-signature',
      algorithm: 'sha256',
      encoding: 'base64',
      prefix: 'v1,',
      separator: ' ',
      signed: '{id}.{timestamp}.{body}',
      timestamp: { header: 'webhook-timestamp' },
      idHeader: 'webhook-id',
      secret: 'whsec',
    },
    eventId: { header: 'webhook-id' },
  },
} satisfies Record<string, Sender>;

type Settings = Record<string, Json> | undefined;

/** What the trigger's settings ask for; null where anybody may call. */
export function proofOf(config: Settings): Proof | null {
  const verify = partOf(config, 'verify');
  const by = textOf(verify['by']) ?? 'none';
  if (isSender(by)) return senders[by].proof;
  const header = (textOf(verify['header']) ?? defaultHeader).toLowerCase();
  if (by === 'token') return { token: { header: textOf(verify['header']) === undefined ? defaultTokenHeader : header } };
  if (by !== 'hmac') return null;
  const timestampHeader = textOf(verify['timestampHeader'])?.toLowerCase();
  const { algorithm, encoding } = verify;
  return {
    header,
    algorithm: algorithm === 'sha1' || algorithm === 'sha512' ? algorithm : 'sha256',
    encoding: encoding === 'base64' ? 'base64' : 'hex',
    prefix: textOf(verify['prefix']) ?? '',
    signed: textOf(verify['signed']) ?? (timestampHeader === undefined ? '{body}' : '{timestamp}.{body}'),
    ...(timestampHeader !== undefined && { timestamp: { header: timestampHeader } }),
  };
}

/** Headers that most senders use for the id of an event. */
const usualIds: EventIdPlace[] = [{ header: 'idempotency-key' }, { header: 'x-github-delivery' }, { header: 'webhook-id' }];

/** Where the id of an event may stand, the first that is there counts; none where repeats are welcome. */
export function eventIdPlaces(config: Settings): EventIdPlace[] {
  const eventId = partOf(config, 'eventId');
  const name = textOf(eventId['name']);
  switch (eventId['from']) {
    case 'none':
      return [];
    case 'header':
      return name === undefined ? usualIds : [{ header: name.toLowerCase() }];
    case 'body':
      return name === undefined ? usualIds : [{ body: name.split('.') }];
    default: {
      const by = textOf(partOf(config, 'verify')['by']) ?? '';
      return isSender(by) ? [senders[by].eventId, ...usualIds] : usualIds;
    }
  }
}

/** Which field of a signal's body names the run that it is for; null where the address does. */
export function signalKeyField(config: Settings): string[] | null {
  const key = partOf(config, 'key');
  const field = textOf(key['field']);
  return key['in'] === 'body' && field !== undefined ? field.split('.') : null;
}

export const defaultHeader = 'X-Signature';
export const defaultTokenHeader = 'x-webhook-token';

const isSender = (by: string): by is keyof typeof senders => Object.hasOwn(senders, by);

function partOf(config: Settings, name: string): Record<string, Json> {
  const part = config?.[name];
  return typeof part === 'object' && part !== null && !Array.isArray(part) ? part : {};
}

const textOf = (value: Json | undefined): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
