import { isObject, type Json } from '@weft/json-schema';

/** One line of the tree. */
export interface DataRow {
  /** Stable id: the segments joined; for React, `open` and aria. */
  key: string;
  path: string[];
  /** The last segment; empty for the root. */
  name: string;
  depth: number;
  kind: DataKind;
  /** Entries of a list or an object. */
  size: number;
  /** One line of what is inside, shortened. */
  preview: string;
  open: boolean;
  /** The search found it by its name or value. */
  hit: boolean;
}

export type DataKind = 'object' | 'list' | 'text' | 'number' | 'boolean' | 'null';

export const rowKey = (path: readonly string[]): string => path.join('\u0000');

/**
 * The lines of a payload as they are seen now. Only what is open is walked, so a list of 100,000 items costs nothing
 * until it is opened.
 * @param isOpen - whether an object or list shows its entries.
 */
export function dataRows(value: Json, isOpen: (path: string[]) => boolean, hits: ReadonlySet<string> = new Set()): DataRow[] {
  const rows: DataRow[] = [];
  const walk = (inner: Json, path: string[]): void => {
    const open = isContainer(inner) && (path.length === 0 || isOpen(path));
    const key = rowKey(path);
    if (path.length > 0 || !isContainer(inner)) {
      rows.push({
        key,
        path,
        name: path.at(-1) ?? '',
        depth: Math.max(0, path.length - 1),
        kind: kindOf(inner),
        size: sizeOf(inner),
        preview: previewOf(inner),
        open,
        hit: hits.has(key),
      });
    }
    if (!open) return;
    for (const [name, child] of entriesOf(inner)) walk(child, [...path, name]);
  };
  walk(value, []);
  return rows;
}

/** What is open before anybody clicked: the first levels, as long as the whole stays a screenful or two. */
export function openAtFirst(value: Json, budget = 60): Set<string> {
  const open = new Set<string>();
  let level: [Json, string[]][] = [[value, []]];
  let shown = 0;
  while (level.length > 0) {
    const next: [Json, string[]][] = [];
    for (const [inner, path] of level) {
      const size = sizeOf(inner);
      if (!isContainer(inner) || size === 0 || shown + size > budget) continue;
      shown += size;
      open.add(rowKey(path));
      for (const [name, child] of entriesOf(inner)) next.push([child, [...path, name]]);
    }
    level = next;
  }
  return open;
}

/**
 * Where a text occurs, in names and in plain values, without regard to case.
 * @returns the rows found and everything that must be open to see them; at most `limit` rows.
 */
export function searchData(value: Json, text: string, limit = 500): { hits: Set<string>; open: Set<string>; more: boolean } {
  const wanted = text.trim().toLowerCase();
  const hits = new Set<string>();
  const open = new Set<string>();
  let more = false;
  if (wanted === '') return { hits, open, more };
  const walk = (inner: Json, path: string[]): void => {
    if (more) return;
    const name = path.at(-1) ?? '';
    const plain = !isContainer(inner) && String(inner).toLowerCase().includes(wanted);
    const named = path.length > 0 && !/^\d+$/.test(name) && name.toLowerCase().includes(wanted);
    if (plain || named) {
      if (hits.size >= limit) {
        more = true;
        return;
      }
      hits.add(rowKey(path));
      for (let length = 0; length < path.length; length += 1) open.add(rowKey(path.slice(0, length)));
    }
    for (const [child, grandchild] of entriesOf(inner)) walk(grandchild, [...path, child]);
  };
  walk(value, []);
  return { hits, open, more };
}

const isContainer = (value: Json): boolean => typeof value === 'object' && value !== null;

export function entriesOf(value: Json): [string, Json][] {
  if (Array.isArray(value)) return value.map((item, index) => [String(index), item]);
  return isObject(value) ? Object.entries(value) : [];
}

export function sizeOf(value: Json): number {
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : 0;
}

export function kindOf(value: Json): DataKind {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object') return 'object';
  return typeof value === 'string' ? 'text' : typeof value === 'number' ? 'number' : 'boolean';
}

/** One line: plain values as they are, lists and objects as the beginning of their JSON. */
export function previewOf(value: Json | undefined, max = 240): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value.length > max ? `${value.slice(0, max)}…` : value;
  if (!isContainer(value)) return String(value);
  let text = '';
  for (const [name, child] of entriesOf(value)) {
    if (text.length > max) break;
    const inner = isContainer(child) ? (Array.isArray(child) ? '[…]' : '{…}') : previewOf(child, 40);
    text += `${text === '' ? '' : ', '}${Array.isArray(value) ? '' : `${name}: `}${inner}`;
  }
  return text.length > max ? `${text.slice(0, max)}…` : text;
}
