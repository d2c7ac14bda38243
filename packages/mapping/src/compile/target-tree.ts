import { isDangerousName } from '@weft/json-schema/read';
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

/** Children named 0, 1, 2 … make a list, any others an object. */
export function isListNode(node: TargetNode): boolean {
  return node.children.size > 0 && node.children.size <= 1000 && [...node.children.keys()].sort(byNumber).every((key, index) => key === String(index));
}

const byNumber = (left: string, right: string): number => Number(left) - Number(right);
