import { dereference, type JsonSchema } from '@weft/json-schema';

/** One line of a table of fields. */
export interface FieldLine {
  /** With dots; lists end in `[]`. */
  path: string;
  title: string | undefined;
  description: string | undefined;
  schema: JsonSchema;
  required: boolean;
}

const maxDepth = 4;

/** The fields of a schema, those inside of others behind them. Schemas that name themselves end at a depth of four. */
export function fieldLines(root: JsonSchema): FieldLine[] {
  const lines: FieldLine[] = [];
  const walk = (written: JsonSchema, path: string, depth: number): void => {
    const schema = dereference(written, root);
    if (depth > maxDepth) return;
    if (schema.items !== undefined && typeof schema.items === 'object') return walk(schema.items, `${path}[]`, depth);
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      if (typeof field !== 'object') continue;
      const own = dereference(field, root);
      const at = path === '' ? name : `${path}.${name}`;
      lines.push({ path: at, title: own.title, description: own.description, schema: own, required: schema.required?.includes(name) === true });
      walk(own, at, depth + 1);
    }
  };
  walk(root, '', 1);
  return lines;
}
