import { assignable, type JsonSchema } from '@weft/json-schema';
import type { MappingDocument } from '@weft/mapping';
import type { SourceRow } from '../tree/source-tree.ts';
import type { TargetRow } from '../tree/target-tree.ts';
import { dropSource } from './drop-source.ts';
import { listsAround, type Place } from './places.ts';

/** A pair the person may take over; never applied unasked. */
export interface Proposal {
  key: string;
  source: SourceRow;
  target: TargetRow;
  /** `no` is never proposed. */
  fit: 'yes' | 'maybe';
}

/** Letters and digits only, in lower case: `Customer_ID` and `customerId` are the same name. */
export const normalName = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

interface EqualNamesOptions {
  document: MappingDocument;
  /** Every row, open or not. */
  sources: readonly SourceRow[];
  targets: readonly TargetRow[];
  schemaOf(source: SourceRow): JsonSchema;
  names: ReadonlySet<string>;
  /** Only targets below this place. */
  within?: Place;
}

/** Unfilled fields for which exactly one field with the same name and a fitting type is best. */
export function equalNames(options: EqualNamesOptions): Proposal[] {
  const { document, sources, targets, schemaOf, names, within = [] } = options;
  const byName = new Map<string, SourceRow[]>();
  for (const source of sources) {
    if (source.role === 'field' && source.kind !== 'object' && !source.place.at(-1)?.startsWith('[')) {
      const name = normalName(source.name);
      byName.set(name, [...(byName.get(name) ?? []), source]);
    }
  }
  return targets.flatMap((target) => {
    const inside = within.every((segment, index) => target.place[index] === segment);
    if (!inside || target.placed || target.partly || !target.known || target.kind === 'object' || !isLeaf(target)) return [];
    const candidates = (byName.get(normalName(target.name)) ?? []).flatMap((source) => {
      const fit = fitOf(source, target, schemaOf);
      if (fit === 'no') return [];
      const outcome = dropSource({ document, source, target, names });
      return outcome.kind === 'done' ? [{ source, fit, score: scoreOf(source, target, fit) }] : [];
    });
    candidates.sort((a, b) => b.score - a.score);
    const [best, second] = candidates;
    if (!best || (second && second.score === best.score)) return [];
    return [{ key: target.key, source: best.source, target, fit: best.fit }];
  });
}

const isLeaf = (target: TargetRow): boolean => target.kind !== 'list' || (target.itemKind !== 'object' && target.itemKind !== undefined);

function fitOf(source: SourceRow, target: TargetRow, schemaOf: (source: SourceRow) => JsonSchema): 'yes' | 'maybe' | 'no' {
  if ((source.kind === 'list') !== (target.kind === 'list') && target.kind !== 'any' && source.kind !== 'any') return 'no';
  return assignable(schemaOf(source), target.schema).answer;
}

/** Equal names around it and equal depth of lists make a pair likelier than a lonely equal name. */
function scoreOf(source: SourceRow, target: TargetRow, fit: 'yes' | 'maybe'): number {
  const parents = (place: Place): string[] => place.slice(0, -1).map(normalName).filter((name) => name !== '');
  const common = parents(target.place).filter((name) => parents(source.place).includes(name)).length;
  const sameLists = listsAround(source.place).length === listsAround(target.place).length ? 1 : 0;
  return common * 4 + sameLists * 2 + (fit === 'yes' ? 1 : 0) - source.place.length * 0.1;
}

/** Applies proposals in order, so that later ones find the loops that earlier ones made. */
export function applyProposals(document: MappingDocument, proposals: readonly Proposal[], names: ReadonlySet<string>): MappingDocument {
  return proposals.reduce((made, { source, target }) => {
    const outcome = dropSource({ document: made, source, target, names });
    return outcome.kind === 'done' ? outcome.document : made;
  }, document);
}

