import type { Json, JsonObject } from '@weft/connector-sdk';

/** Records with the same fields: their names once, each record's values in their order. Others, as they are. */
export type Packed = { names: string[]; rows: (Json | undefined)[][] } | { records: Json[] };

/** Names of a thousand records in front of each of their values would be most of what travels. */
export function pack(records: readonly Json[]): Packed {
  const [first] = records;
  if (!isRecord(first)) return { records: [...records] };
  const names = Object.keys(first);
  const rows: (Json | undefined)[][] = [];
  for (const record of records) {
    const row = isRecord(record) ? valuesIn(record, names) : undefined;
    if (!row) return { records: [...records] };
    rows.push(row);
  }
  return { names, rows };
}

export function unpack(packed: Packed): Json[] {
  if ('records' in packed) return packed.records;
  const { names, rows } = packed;
  return rows.map((row) => {
    const record: JsonObject = {};
    // Not by `__proto__`, which is no field when it is assigned; nobody packs such a record.
    for (let at = 0; at < names.length; at += 1) record[names[at]!] = row[at] as Json;
    return record;
  });
}

const isRecord = (value: Json | undefined): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value);

/** @returns undefined for a record with other fields, or in another order. */
function valuesIn(record: JsonObject, names: readonly string[]): (Json | undefined)[] | undefined {
  const row: (Json | undefined)[] = [];
  for (const name in record) {
    if (name !== names[row.length] || name === '__proto__') return undefined;
    row.push(record[name]);
  }
  return row.length === names.length ? row : undefined;
}
