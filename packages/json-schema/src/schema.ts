import type { Json } from './json.ts';

export type SchemaType = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'array' | 'object';

/**
 * JSON Schema 2020-12, the part Weft reads. Unknown keywords are kept and ignored.
 * @see https://json-schema.org/draft/2020-12
 */
export interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  type?: SchemaType | SchemaType[];
  title?: string;
  description?: string;
  default?: Json;
  examples?: Json[];
  const?: Json;
  enum?: Json[];
  format?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  items?: JsonSchema | boolean;
  prefixItems?: JsonSchema[];
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: JsonSchema | boolean;
  patternProperties?: Record<string, JsonSchema>;
  propertyNames?: JsonSchema;
  minProperties?: number;
  maxProperties?: number;
  allOf?: JsonSchema[];
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  not?: JsonSchema;
  readOnly?: boolean;
  writeOnly?: boolean;
  deprecated?: boolean;
  /** A value the form shows as dots and the API never gives back. Allowed in connections only. */
  'x-secret'?: boolean;
  /** The schema is left to the user: a step's own `schemas.input` may describe what goes here. */
  'x-open'?: boolean;
  /** A hint for the form: `textarea`, `code`, `file`, `cron`, `keyValue`. */
  'x-widget'?: string;
  /** A setting that forms put behind the others. */
  'x-more'?: boolean;
  /** Of a setting that is detected by default: the path of the detected value beside it, as in `found.delimiter`. */
  'x-found'?: string;
  [keyword: string]: unknown;
}
