import { InputError, type Json } from '@weft/connector-sdk';

export type BodyFormat = 'json' | 'form' | 'text';

/** A body as it is sent, with the content type that says so. */
export interface SentBody {
  bytes: string;
  contentType: string;
}

/**
 * @returns undefined where there is nothing to send: no body was mapped.
 * @throws {InputError} at `input.body` when the value does not fit the format.
 */
export function sendBody(body: Json | undefined, format: BodyFormat): SentBody | undefined {
  if (body === undefined) return undefined;
  return writers[format](body);
}

const writers: Record<BodyFormat, (body: Json) => SentBody> = {
  json: (body) => ({ bytes: JSON.stringify(body), contentType: 'application/json' }),
  text: (body) => ({ bytes: typeof body === 'string' ? body : JSON.stringify(body), contentType: 'text/plain; charset=utf-8' }),
  form: (body) => {
    if (typeof body !== 'object' || body === null || Array.isArray(body)) {
      throw new InputError(['input', 'body'], 'A form is sent as fields, so the body must be an object with one value per field.');
    }
    const fields = new URLSearchParams(Object.entries(body).flatMap(([name, value]) => formFields(name, value)));
    return { bytes: fields.toString(), contentType: 'application/x-www-form-urlencoded' };
  },
};

/** Nested values in the bracket form that nearly all servers read: `customer[name]=Ada&tags[]=new`. */
function formFields(name: string, value: Json): [string, string][] {
  if (value === null) return [[name, '']];
  if (Array.isArray(value)) return value.flatMap((item, index) => formFields(typeof item === 'object' && item !== null ? `${name}[${index}]` : `${name}[]`, item));
  if (typeof value === 'object') return Object.entries(value).flatMap(([key, item]) => formFields(`${name}[${key}]`, item));
  return [[name, String(value)]];
}
