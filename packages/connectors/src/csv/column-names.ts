/** Empty names are numbered, repeated ones get a suffix, and no name that is invented is one of the file's own: every value stays reachable. */
export function columnNames(header: readonly string[], width: number): string[] {
  const real = new Set(header.map((name) => name.trim()));
  const taken = new Set<string>();
  return Array.from({ length: width }, (_, index) => {
    const own = header[index]?.trim() ?? '';
    const base = own === '' ? `column${index + 1}` : own;
    let name = base;
    const isFree = (): boolean => !taken.has(name) && (name === own || !real.has(name));
    for (let suffix = 2; !isFree(); suffix += 1) name = `${base} ${suffix}`;
    taken.add(name);
    return name;
  });
}

/** A row as an object. Short rows lack their last columns; a row that is too long gets columns of its own rather than losing data. */
export function rowMaker(columns: readonly string[]): (cells: readonly string[]) => Record<string, string> {
  if (columns.includes('__proto__')) return (cells) => Object.fromEntries(cells.map((cell, at) => [nameOf(columns, at), cell]));
  return (cells) => {
    const row: Record<string, string> = {};
    for (let at = 0; at < cells.length; at += 1) row[columns[at] ?? nameOf(columns, at)] = cells[at]!;
    return row;
  };
}

const nameOf = (columns: readonly string[], at: number): string => columns[at] ?? columnNames(columns, at + 1)[at] ?? `column${at + 1}`;
