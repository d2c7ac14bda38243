import { defined } from '@weft/json-schema';
import { z } from 'zod';
import type { Operation } from '../descriptor.ts';
import type { Sender } from '../trigger-contract.ts';
import { choice } from './schema-parts.ts';

/** What webhooks and signals have in common: how a call proves who sent it, and how the sender names an event. */
export interface CalledDefinition {
  /** Senders whose way of signing is known; offered beside a signature that is written out in the settings. Default: none. */
  senders?: Record<string, Sender>;
  /** Which field of the connection's credentials holds the secret that both sides know. Default `secret`. */
  secret?: string;
}

const headerName = z.string().max(100).regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/);

/** Who may call: a list of known senders, or the parts of a signature written out. The secret is in the connection. */
export const verifySetting = (senders: Record<string, Sender>, texts: { title?: string; description?: string } = {}) =>
  z
    .union([
      z.object({ by: z.literal('none') }).meta({ title: 'Anybody who knows the address' }),
      ...Object.entries(senders).map(([id, { title }]) => z.object({ by: z.literal(id) }).meta({ title })),
      z
        .object({
          by: z.literal('hmac'),
          header: headerName.meta({ title: 'Header with the signature' }).default('X-Signature'),
          algorithm: choice({ sha256: 'SHA-256', sha1: 'SHA-1', sha512: 'SHA-512' }, { title: 'Algorithm' }).default('sha256'),
          encoding: choice({ hex: 'Hexadecimal', base64: 'Base64' }, { title: 'Written as' }).default('hex'),
          prefix: z.string().max(40).meta({ title: 'Text before the signature', examples: ['sha256='] }).optional(),
          timestampHeader: headerName
            .meta({
              title: 'Header with the time of sending',
              description: 'Calls older than five minutes are turned away. Leave it empty where the sender gives no time.',
              examples: ['X-Timestamp'],
            })
            .optional(),
          signed: z
            .string()
            .max(200)
            .regex(/\{body\}/)
            .meta({
              title: 'What is signed',
              description: '{body} is what was sent, {timestamp} the time of sending.',
              examples: ['{body}', '{timestamp}.{body}'],
            })
            .optional(),
        })
        .meta({ title: 'Another sender that signs (HMAC)' }),
      z
        .object({ by: z.literal('token'), header: headerName.meta({ title: 'Header with the token', examples: ['X-Gitlab-Token'] }) })
        .meta({ title: 'Another sender with a fixed token' }),
    ])
    .meta(texts)
    .default({ by: 'none' });

/** How the sender names an event. @param description - what its id does. */
export const eventIdSetting = (description?: string) =>
  z
    .union([
      z.object({ from: z.literal('usual') }).meta({ title: 'Where the sender usually puts it' }),
      z.object({ from: z.literal('header'), name: headerName.meta({ title: 'Header', examples: ['X-Event-Id'] }) }).meta({ title: 'In a header' }),
      z
        .object({
          from: z.literal('body'),
          name: z.string()
            .min(1)
            .max(200)
            .meta({ title: 'Field of the body', description: 'Dots lead further in, as in event.id.', examples: ['id', 'event.id'] }),
        })
        .meta({ title: 'In the body' }),
      z.object({ from: z.literal('none') }).meta({ title: 'Nowhere: every call counts' }),
    ])
    .meta(defined({ title: 'Id of the event', description, 'x-more': true }))
    .default({ from: 'usual' });

/** How a call that was made before is recognised, where its sender signs. */
export const repeatsSetting = () =>
  choice(
    {
      usual: 'As fits the sender',
      id: 'By the id of the event',
      signature: 'By the id and the signature: what was signed once counts once',
    },
    {
      title: 'How repeated calls are recognised',
      description:
        'Somebody who has recorded a signed call can send it again under another id; its signature tells that it is the same one. '
        + 'Choose the id where the sender sends exactly the same for different events.',
      'x-more': true,
    },
  ).default('usual');

/** A secret is needed to check anything with: always where the connector has decided who may call, else unless anybody may. */
export function secretConnection(fixed: { verify?: { by?: unknown } | undefined }): Pick<Operation, 'connection' | 'connectionUnless'> {
  if (fixed.verify === undefined) return { connection: 'optional', connectionUnless: { config: 'verify', is: { by: 'none' } } };
  return { connection: fixed.verify.by === 'none' ? 'none' : 'required' };
}

export function calledContract({ senders, secret }: CalledDefinition): CalledDefinition {
  return defined({ senders, secret });
}
