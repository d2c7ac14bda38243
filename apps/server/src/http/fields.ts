import { isObject, type Json, type JsonObject } from '@weft/json-schema';
import { z } from 'zod';

/** What people type, as several routes take it. */
export const name = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(120, 'Use at most 120 characters.')
  // Control and direction characters could make one name look like another.
  .refine((text) => !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text), 'Use printable characters only.');

export const email = z.string().trim().max(254).pipe(z.email('Enter an e-mail address, such as ada@example.com.'));

export const newPassword = z.string().min(10, 'Use at least 10 characters.').max(200, 'Use at most 200 characters.');

export const currentPassword = z.string().min(1, 'Enter the password.').max(1000);

/** Any JSON value; its size and depth were bounded when the body was read. */
export const json = z.custom<Json>((value) => value !== undefined);

export const jsonObject = z.custom<JsonObject>(isObject, 'Send an object.');

export const id = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/, 'This is not an id.');

export const operationRef = z.strictObject({
  connector: z.string().max(100),
  version: z.string().max(40),
  operation: z.string().max(100),
});
