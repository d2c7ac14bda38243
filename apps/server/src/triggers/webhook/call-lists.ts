import { type Catalogue, type FlowDocument, outputSchemaOf } from '@weft/flow';
import { type JsonSchema, schemaAt, typesOf } from '@weft/json-schema';

/** Names in the query and in a form of a call that are lists however often they come: what the trigger's output says, declared or learned. */
export interface CallLists {
  query: ReadonlySet<string>;
  body: ReadonlySet<string>;
}

export function callLists(document: FlowDocument, triggerId: string, catalogue: Catalogue): CallLists {
  const output = outputSchemaOf(document, triggerId, catalogue);
  return { query: listsIn(output, 'query'), body: listsIn(output, 'body') };
}

function listsIn(output: JsonSchema, part: 'query' | 'body'): ReadonlySet<string> {
  const names = Object.keys(schemaAt(output, [part])?.properties ?? {});
  return new Set(names.filter((name) => typesOf(schemaAt(output, [part, name]) ?? {})?.includes('array') === true));
}
