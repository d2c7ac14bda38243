import type { JsonSchema } from '@weft/json-schema';
import { json, jsonObject, list, may, must, number, object, or, slug, text, type Read, type Shape } from '@weft/json-schema/read';
import type { OperationRef, OperationUse, Sample, StepBase } from './step-base.ts';

// A schema is data until a validator compiles it; the toolkit ignores keywords that it does not know.
export const schema: Read<JsonSchema> = (value, path, issues) => jsonObject(value, path, issues) as JsonSchema | undefined;

export const samples = list(object<Sample>({ title: or(text(500), () => 'Sample'), output: must(json) }), 50);

export const baseShape: Shape<StepBase> = {
  title: or(text(500), () => ''),
  in: may(slug),
  note: may(text(20_000)),
  schemas: may(object<NonNullable<StepBase['schemas']>>({ input: may(schema), output: may(schema) })),
  samples: may(samples),
  pinned: may(number(0, 49, true)),
};

export const use = object<OperationRef>({ connector: must(text(100)), version: must(text(100)), operation: must(text(100)) });

export const operationShape: Shape<OperationUse> = { use: must(use), config: may(jsonObject), connection: may(text(200)) };

/** Ten years. */
export const maxWaitMs = 10 * 366 * 86_400_000;
