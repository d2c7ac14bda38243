import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Proof, SignatureForm } from '@weft/connector-sdk';
import { Refusal } from './refusal.ts';

/**
 * Decides whether a call is its sender's own.
 * @returns the signature, however it was written down; undefined for a sender that does not sign.
 * @throws {Refusal} 401 with the reason that is kept for the flow's owner.
 */
export type CallCheck = (call: { headers: IncomingHttpHeaders; body: Buffer; now: number }) => Buffer | undefined;

/** Allowed difference between the clocks of sender and receiver; an older call may be a replay attack. */
export const CLOCK_TOLERANCE_MS = 5 * 60_000;

/** More signatures in one header than any sender has secrets. */
const maxSignatures = 10;

/** @param secret - as the connection holds it; undefined where it is gone, and then nothing is believed. */
export function callCheck(proof: Proof, secret: string | undefined): CallCheck {
  if (secret === undefined || secret === '') {
    return () => {
      throw new Refusal(
        401,
        'no_secret',
        'The flow has no connection that holds the secret, so no call can be checked. Choose one in the trigger and publish again.',
      );
    };
  }
  if ('secret' in proof && proof.secret === 'whsec' && !isBase64(secret.replace(/^whsec_/, ''))) {
    return () => {
      throw new Refusal(
        401,
        'no_secret',
        'The secret in the connection is not complete: it is in base64, usually behind “whsec_”. Copy it from the sender again.',
      );
    };
  }
  return 'token' in proof ? tokenCheck(proof.token.header, secret) : signatureCheck(proof, keyOf(proof, secret));
}

function tokenCheck(header: string, secret: string): CallCheck {
  // Hashed, so that texts of any length are compared in the same time.
  const digest = (text: string) => createHmac('sha256', 'weft').update(text).digest();
  const expected = digest(secret);
  return ({ headers }) => {
    const given = textOf(headers[header]);
    if (given === undefined) throw unsigned(header);
    if (!timingSafeEqual(digest(given), expected)) throw badSignature(`The token in ${header} is not the one in the connection.`);
    return undefined;
  };
}

function signatureCheck(form: SignatureForm, key: Buffer): CallCheck {
  return ({ headers, body, now }) => {
    const given = textOf(headers[form.header]);
    if (given === undefined) throw unsigned(form.header);
    const timestamp = form.timestamp && timestampOf(form.timestamp, headers);
    const id = form.idHeader === undefined ? '' : (textOf(headers[form.idHeader]) ?? '');
    const expected = signature(form, key, { body, timestamp: timestamp ?? '', id });
    const signatures = (form.separator === undefined ? [given] : given.split(form.separator, maxSignatures)).map((text) => text.trim());
    // Every one is compared, and the time only afterwards: nothing is said about calls that are not the sender's.
    const fitting = signatures.filter((text) => text.startsWith(form.prefix) && isSame(form, text.slice(form.prefix.length), expected));
    if (fitting.length === 0) {
      throw badSignature(`The signature in ${form.header} does not fit the body and the secret in the connection.`);
    }
    if (timestamp !== undefined) checkAge(timestamp, now);
    return expected;
  };
}

function signature(form: SignatureForm, key: Buffer, { body, timestamp, id }: { body: Buffer; timestamp: string; id: string }): Buffer {
  const hash = createHmac(form.algorithm, key);
  const at = form.signed.indexOf('{body}');
  // Without {body} nothing about the call would be signed; the settings ask for it.
  const fill = (text: string) => text.replaceAll('{timestamp}', () => timestamp).replaceAll('{id}', () => id);
  return hash.update(fill(form.signed.slice(0, Math.max(at, 0)))).update(body).update(fill(form.signed.slice(at + '{body}'.length))).digest();
}

function isSame({ encoding }: SignatureForm, text: string, expected: Buffer): boolean {
  const given = Buffer.from(text, encoding);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function timestampOf({ header, part }: NonNullable<SignatureForm['timestamp']>, headers: IncomingHttpHeaders): string {
  const text = textOf(headers[header]) ?? '';
  const found = part === undefined ? text : (text.split(',').find((piece) => piece.trim().startsWith(part))?.trim().slice(part.length) ?? '');
  if (found === '') throw badSignature(`The call does not say in ${header} when it was sent.`);
  return found;
}

function checkAge(timestamp: string, now: number): void {
  const sentAt = momentOf(timestamp);
  if (Number.isNaN(sentAt)) throw badSignature('The call says in no known way when it was sent.');
  if (Math.abs(now - sentAt) <= CLOCK_TOLERANCE_MS) return;
  const minutes = Math.round(Math.abs(now - sentAt) / 60_000);
  const when = sentAt < now ? `${minutes} minutes ago` : `${minutes} minutes from now`;
  throw new Refusal(401, 'too_old', `The call says it was sent ${when}; more than five minutes are not accepted. Check the clocks of both sides.`);
}

/** Seconds or milliseconds since 1970, or a date with its time. */
function momentOf(text: string): number {
  if (!/^\d{1,16}(\.\d+)?$/.test(text)) return Date.parse(text);
  const number = Number(text);
  return number > 1e11 ? number : number * 1_000;
}

const isBase64 = (text: string): boolean => /^[A-Za-z0-9+/_-]+={0,2}$/.test(text);

function keyOf({ secret: form = 'text' }: SignatureForm, secret: string): Buffer {
  return form === 'whsec' ? Buffer.from(secret.replace(/^whsec_/, ''), 'base64') : Buffer.from(secret, 'utf8');
}

const textOf = (value: string | string[] | undefined): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const unsigned = (header: string) => new Refusal(401, 'unsigned', `The call has no ${header} header, so nobody knows whose it is.`);
const badSignature = (message: string) => new Refusal(401, 'bad_signature', message);
