import type { Json, JsonSchema } from '@weft/json-schema';
import { createInterpretingValidator } from '@weft/json-schema/interpreter';
import type { RJSFSchema, ValidatorType } from '@rjsf/utils';

/** One validator for all forms: it caches what it compiled by the identity of the schema. */
export const schemaValidator = createInterpretingValidator();

/** A schema on its own may point into the root's `$defs`. */
function withDefinitions(schema: RJSFSchema, root: RJSFSchema): JsonSchema {
  const definitions = (root as JsonSchema).$defs;
  return (definitions && !schema.$defs ? { ...schema, $defs: definitions } : schema) as JsonSchema;
}

/**
 * What rjsf needs to pick an alternative of a oneOf. Errors never come from here: SchemaForm validates once, itself, and
 * nothing is generated as code, so the page's CSP needs no unsafe-eval.
 */
export const rjsfValidator: ValidatorType = {
  validateFormData: () => ({ errors: [], errorSchema: {} }),
  isValid: (schema, formData, root) =>
    schemaValidator.validate(withDefinitions(schema, root), formData as Json | undefined).length === 0,
  rawValidation: () => ({ errors: [] }),
};
