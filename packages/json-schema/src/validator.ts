import type { SentenceRef } from '@weft/sentences';
import type { Json } from './json.ts';
import type { Path } from './path.ts';
import type { JsonSchema } from './schema.ts';

/** One way in which a value breaks its schema. */
export interface SchemaIssue {
  /** Where in the value; for a missing property, the path of the property itself. */
  path: Path;
  /** The keyword that refused: `required`, `type`, `format` … */
  keyword: string;
  /** A sentence for a business user, without the path: "must be a whole number". */
  message: string;
  /** `message`, as what it can be said by in another language. */
  sentence?: SentenceRef;
}

/**
 * Both set-ups (ajv on the server, interpreting in the browser) obey this contract and the same table of formats.
 * Compiled schemas are cached by object identity.
 */
export interface SchemaValidator {
  /** @returns every issue, in document order; an empty list means valid. Never changes the value. */
  validate(schema: JsonSchema, value: Json | undefined): SchemaIssue[];
}
