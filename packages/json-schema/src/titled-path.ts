import type { Path } from './path.ts';
import type { JsonSchema } from './schema.ts';
import { schemaAt } from './schema-at.ts';

/** The path as people read it: each level by the title that its schema gives it, as forms show it, otherwise by its name. */
export const titledPath = (root: JsonSchema, path: Path): string[] => path.map((segment, at) => schemaAt(root, path.slice(0, at + 1))?.title || segment);
