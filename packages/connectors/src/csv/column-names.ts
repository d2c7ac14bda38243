/** Empty names are numbered, repeated ones get a suffix, and no name that is invented is one of the file's own: every value stays reachable. */
export function columnNames(header: readonly string[], width: number): string[] {
  const real = new Set(header.map((name) => name.trim()));
  const taken = new Set<string>();
  const suffixes = new Map<string, number>();
  return Array.from({ length: width }, (_, index) => {
    const own = header[index]?.trim() ?? '';
    const base = own === '' ? `column${index + 1}` : own;
    let name = base;
    const isFree = (): boolean => !taken.has(name) && (name === own || !real.has(name));
    // A suffix that was taken once stays so.
    let suffix = suffixes.get(base) ?? 2;
    for (; !isFree(); suffix += 1) name = `${base} ${suffix}`;
    suffixes.set(base, suffix);
    taken.add(name);
    return name;
  });
}

/** A row as an object. Short rows lack their last columns; a row that is too long gets columns of its own rather than losing data. */
export function rowMaker(columns: readonly string[]): (cells: readonly string[]) => Record<string, string> {
  let more = columns;
  // Names depend on those before them only; a few more than are needed, so that rows which grow by one cell each find theirs.
  const namesFor = (width: number): readonly string[] => {
    if (width <= columns.length) return columns;
    if (width > more.length) more = columnNames(columns, 2 * width);
    return more;
  };
  if (columns.includes('__proto__')) {
    return (cells) => {
      const names = namesFor(cells.length);
      return Object.fromEntries(cells.map((cell, at) => [names[at]!, cell]));
    };
  }
  return (cells) => {
    const names = namesFor(cells.length);
    const row: Record<string, string> = {};
    for (let at = 0; at < cells.length; at += 1) row[names[at]!] = cells[at]!;
    return row;
  };
}
