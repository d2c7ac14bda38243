import { valueAt, type Json, type JsonSchema } from '@weft/json-schema';
import { each, placeKey, type Place } from '../rules/places.ts';
import { shapeOf, type FieldKind, type Shape } from './shape.ts';
import { opensUnasked, schemaOnWay, type OpenAt, type WayDown } from './way-down.ts';

/** What a step may read: an upstream step's output or a loop's current item. */
export interface Source {
  id: string;
  title: string;
  kind: 'step' | 'loop';
  schema: JsonSchema;
  sample?: Json;
  /** False: the sample was only made up. Default true. */
  real?: boolean;
}

/** One line of the "from" tree. */
export interface SourceRow {
  key: string;
  place: string[];
  name: string;
  title: string | undefined;
  kind: FieldKind;
  itemKind: FieldKind | undefined;
  depth: number;
  /** Of the tree: `step` and `loop` are the roots. */
  role: 'step' | 'loop' | 'field';
  expandable: boolean;
  open: boolean;
  optional: boolean;
  sample: Json | undefined;
  /** Of a root: its values are made up. */
  madeUp: boolean;
}

interface SourceRowsOptions {
  sources: readonly Source[];
  /** By source id. */
  scope: Record<string, Json | undefined>;
  isOpen(line: OpenAt): boolean;
  /** Only rows whose name has this, with the way to them; everything on the way is open. */
  search?: string;
  /** Which item of each list the samples come from, by the list's place; default the first. */
  itemAt?(list: Place): number;
}

const maxDepth = 12;

/** The lines of the tree as they are seen now; only what is open is walked. */
export function sourceRows(options: SourceRowsOptions): SourceRow[] {
  const search = options.search?.trim().toLowerCase() ?? '';
  return search === '' ? options.sources.flatMap((source) => walk(source, options)) : searched(options, search);
}

function walk(source: Source, options: SourceRowsOptions): SourceRow[] {
  const rows: SourceRow[] = [];
  visit({
    source,
    options,
    rows,
    wayDown: [],
    schema: source.schema,
    place: [source.id],
    name: source.title,
    depth: 0,
    optional: false,
    value: options.scope[source.id] ?? source.sample,
  });
  return rows;
}

interface Visit {
  source: Source;
  options: SourceRowsOptions;
  rows: SourceRow[];
  schema: JsonSchema;
  place: string[];
  name: string;
  depth: number;
  optional: boolean;
  value: Json | undefined;
  wayDown: WayDown;
}

function visit(at: Visit): void {
  const { source, options, rows, place, depth } = at;
  const shape = shapeOf(at.schema, source.schema);
  const expandable = depth < maxDepth && childrenOf(shape, source.schema).length > 0;
  const inside = schemaOnWay(shape.items && shape.fields.length === 0 ? shape.items : at.schema, source.schema);
  const open = expandable && options.isOpen({ place, depth, recursive: at.wayDown.includes(inside), above: rows.length });
  rows.push({
    key: placeKey(place),
    place,
    name: at.name,
    title: depth === 0 ? undefined : shape.title,
    kind: shape.kind,
    itemKind: shape.items && shapeOf(shape.items, source.schema).kind,
    depth,
    role: depth === 0 ? source.kind : 'field',
    expandable,
    open,
    optional: at.optional || shape.nullable,
    sample: at.value,
    madeUp: depth === 0 && source.real === false,
  });
  if (!open) return;
  const item = shape.kind === 'list' ? itemOf(at.value, options.itemAt?.(place) ?? 0) : at.value;
  for (const child of childrenOf(shape, source.schema)) {
    visit({
      ...at,
      schema: child.schema,
      place: [...place, ...child.step],
      name: child.name,
      depth: depth + 1,
      optional: child.optional,
      value: child.name === each ? item : valueAt(item, [child.name]),
      wayDown: [...at.wayDown, inside],
    });
  }
}

interface Child {
  name: string;
  step: string[];
  schema: JsonSchema;
  optional: boolean;
}

/** A list of records shows the records' fields at once: one level less to click through. */
function childrenOf(shape: Shape, root: JsonSchema): Child[] {
  if (shape.kind !== 'list') return shape.fields.map((field) => ({ name: field.name, step: [field.name], schema: field.schema, optional: !field.required }));
  if (!shape.items) return [];
  const inner = shapeOf(shape.items, root);
  if (inner.fields.length === 0) return inner.kind === 'any' ? [] : [{ name: each, step: [each], schema: shape.items, optional: false }];
  return inner.fields.map((field) => ({ name: field.name, step: [each, field.name], schema: field.schema, optional: !field.required }));
}

const itemOf = (value: Json | undefined, index: number): Json | undefined => (Array.isArray(value) ? (value[index] ?? value[0]) : undefined);

function searched(options: SourceRowsOptions, search: string): SourceRow[] {
  const rows: SourceRow[] = [];
  for (const source of options.sources) {
    const all = walk(source, { ...options, isOpen: opensUnasked });
    const keep = new Set<string>();
    for (const row of all) {
      if (!row.name.toLowerCase().includes(search) && !row.title?.toLowerCase().includes(search)) continue;
      for (let length = 1; length <= row.place.length; length += 1) keep.add(placeKey(row.place.slice(0, length)));
    }
    rows.push(...all.filter((row) => keep.has(row.key)));
  }
  return rows;
}
