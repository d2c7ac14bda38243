import type { JsonSchema } from '@weft/json-schema';
import { isDangerousName } from '@weft/json-schema/read';
import { isList } from '../check/schema-kinds.ts';
import type { Rule } from '../document.ts';
import { MappingDocumentError } from '../fault.ts';
import { say } from '../sentences.en.ts';

/** Rules sorted by where they write: nested targets of one object stand together and are made in one go. */
export interface TargetNode {
  /** Rules that write exactly here, in the order of the document; the last one that has a value wins. */
  rules: Rule[];
  children: Map<string, TargetNode>;
}

/** @throws {MappingDocumentError} for a target with a name that no object can have. */
export function targetTree(rules: readonly Rule[], onProblem: (problem: MappingDocumentError) => void): TargetNode {
  const root: TargetNode = { rules: [], children: new Map() };
  for (const rule of rules) {
    const refused = rule.to.find(isDangerousName);
    if (refused !== undefined) {
      onProblem(new MappingDocumentError('refused_key', say('mapping.cannot.name', { name: refused }), rule.id));
      continue;
    }
    let node = root;
    for (const segment of rule.to) {
      const next = node.children.get(segment) ?? { rules: [], children: new Map() };
      node.children.set(segment, next);
      node = next;
    }
    node.rules.push(rule);
  }
  return root;
}

/**
 * Whether children make a list: where the target says what it is, as it says; elsewhere those named 0, 1, 2 … do, any others an object.
 * @param target - the schema of what is made; undefined where nothing is known.
 */
export function isListNode({ children }: TargetNode, target: JsonSchema | undefined): boolean {
  const keys = [...children.keys()];
  if (!keys.every(isPosition)) return false;
  const known = target && isList(target);
  return known ?? keys.map(Number).sort((left, right) => left - right).every((position, at) => position === at);
}

/** An item that can be asked for by itself. */
const isPosition = (key: string): boolean => /^(?:0|[1-9]\d{0,2})$/.test(key);
