import type { JsonSchema } from '@weft/json-schema';
import type { MappingDocument } from '@weft/mapping';
import { each, placedRules, placeKey, type PlacedRule } from '../rules/places.ts';
import { shapeOf, type FieldKind, type Shape } from './shape.ts';
import { opensUnasked, schemaOnWay, type OpenAt, type WayDown } from './way-down.ts';

/** One line of the "to" tree. */
export interface TargetRow {
  key: string;
  place: string[];
  name: string;
  title: string | undefined;
  description: string | undefined;
  kind: FieldKind;
  itemKind: FieldKind | undefined;
  format: string | undefined;
  depth: number;
  required: boolean;
  expandable: boolean;
  open: boolean;
  /** Names that are not described are welcome. */
  extensible: boolean;
  /** What goes here is left to the person to describe. */
  describable: boolean;
  /** False where only a rule knows this place: the target has changed since. */
  known: boolean;
  /** The rule that fills it: a value, or a loop for a list. */
  placed: PlacedRule | undefined;
  /** Something below it is filled. */
  partly: boolean;
  schema: JsonSchema;
}

interface TargetRowsOptions {
  target: JsonSchema;
  document: MappingDocument | undefined;
  isOpen(line: OpenAt): boolean;
  search?: string;
}

const maxDepth = 12;

/** The lines of the tree as they are seen now, with the rule of each; only what is open is walked. Places only a rule knows stand with their parent. */
export function targetRows(options: TargetRowsOptions): TargetRow[] {
  const placed = placedRules(options.document);
  const byPlace = new Map(placed.map((one) => [placeKey(one.place), one]));
  const rows: TargetRow[] = [];
  const root = shapeOf(options.target, options.target);
  const search = options.search?.trim().toLowerCase() ?? '';
  const at: Visit = {
    options,
    below: segmentsBelow(placed),
    byPlace,
    rows,
    schema: options.target,
    place: [],
    name: '',
    depth: 0,
    required: false,
    known: true,
    searching: search !== '',
    wayDown: [schemaOnWay(options.target, options.target)],
  };
  if (root.kind === 'object' || (root.kind === 'any' && placed.some(({ place }) => place.length > 0))) visitFields(at, root);
  else visit(at);
  return search === '' ? rows : narrowed(rows, search);
}

interface Visit {
  options: TargetRowsOptions;
  /** By place: the segments with which rules go on below it. */
  below: ReadonlyMap<string, ReadonlySet<string>>;
  byPlace: Map<string, PlacedRule>;
  rows: TargetRow[];
  schema: JsonSchema;
  place: string[];
  name: string;
  depth: number;
  required: boolean;
  known: boolean;
  searching: boolean;
  wayDown: WayDown;
}

function visit(at: Visit): void {
  const { place, options } = at;
  const shape = shapeOf(at.schema, options.target);
  const own = at.byPlace.get(placeKey(place)) ?? listItemRule(at);
  const partly = at.below.has(placeKey(place));
  const expandable = at.depth < maxDepth && childrenOf(shape, at).length > 0;
  const inside = schemaOnWay(shape.items && shape.fields.length === 0 ? shape.items : at.schema, options.target);
  const line: OpenAt = { place, depth: at.depth, recursive: at.wayDown.includes(inside), above: at.rows.length };
  const open = expandable && (at.searching ? partly || opensUnasked(line) : options.isOpen(line));
  at.rows.push({
    key: placeKey(place),
    place,
    name: at.name,
    title: shape.title,
    description: shape.description,
    kind: shape.kind,
    itemKind: shape.items && shapeOf(shape.items, options.target).kind,
    format: shape.format,
    depth: at.depth,
    required: at.required,
    expandable,
    open,
    describable: shape.open || (place.length === 0 && shape.kind === 'any'),
    extensible: shape.open || (shape.extensible && shape.kind !== 'text'),
    known: at.known,
    placed: own,
    partly,
    schema: at.schema,
  });
  if (open) visitFields({ ...at, depth: at.depth + 1, wayDown: [...at.wayDown, inside] }, shape);
}

function visitFields(at: Visit, shape: Shape): void {
  for (const child of childrenOf(shape, at)) {
    visit({ ...at, schema: child.schema, place: [...at.place, ...child.step], name: child.name, required: child.required, known: at.known && child.known });
  }
}

interface Child {
  name: string;
  step: string[];
  schema: JsonSchema;
  required: boolean;
  known: boolean;
}

function childrenOf(shape: Shape, at: Visit): Child[] {
  const inner = shape.kind === 'list' && shape.items ? shapeOf(shape.items, at.options.target) : undefined;
  const prefix = shape.kind === 'list' ? [each] : [];
  const fields = inner ? inner.fields : shape.kind === 'list' ? [] : shape.fields;
  const children = fields.map((field): Child => ({
    name: field.name,
    step: [...prefix, field.name],
    schema: field.schema,
    required: field.required,
    known: true,
  }));
  if (inner && inner.fields.length === 0 && inner.kind !== 'any' && shape.items) {
    children.push({ name: each, step: [each], schema: shape.items, required: false, known: true });
  }
  const names = new Set(children.map((child) => placeKey(child.step)));
  for (const step of ruleSteps(at, prefix)) {
    if (names.has(placeKey(step))) continue;
    names.add(placeKey(step));
    children.push({ name: step.at(-1) ?? '', step, schema: {}, required: false, known: (inner ?? shape).extensible });
  }
  return children;
}

/** One step below this place, for every rule that writes there. */
function ruleSteps(at: Visit, prefix: string[]): string[][] {
  const segments = at.below.get(placeKey([...at.place, ...prefix])) ?? [];
  return [...segments].filter((segment) => segment !== each || prefix.length > 0).map((segment) => [...prefix, segment]);
}

function segmentsBelow(placed: readonly PlacedRule[]): Map<string, Set<string>> {
  const below = new Map<string, Set<string>>();
  for (const { place } of placed) {
    place.forEach((segment, index) => {
      const key = placeKey(place.slice(0, index));
      const segments = below.get(key);
      if (segments) segments.add(segment);
      else below.set(key, new Set([segment]));
    });
  }
  return below;
}

/** The items of a list of plain values are filled by the list's own rule. */
function listItemRule(at: Visit): PlacedRule | undefined {
  if (at.place.at(-1) !== each) return undefined;
  const list = at.byPlace.get(placeKey(at.place.slice(0, -1)));
  return list?.rule.forEach && list.rule.value ? list : undefined;
}

function narrowed(rows: TargetRow[], search: string): TargetRow[] {
  const keep = new Set<string>();
  for (const row of rows) {
    if (!row.name.toLowerCase().includes(search) && !row.title?.toLowerCase().includes(search)) continue;
    for (let length = 1; length <= row.place.length; length += 1) keep.add(placeKey(row.place.slice(0, length)));
  }
  return rows.filter((row) => keep.has(row.key));
}
