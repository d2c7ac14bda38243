/** A query with `:name` parameters, taken apart. */
export interface NamedQuery {
  /** In order of first appearance. */
  names: string[];
  /** The text with each parameter replaced. */
  render(mark: (name: string, position: number) => string): string;
}

// Quoted text, quoted names, comments and PostgreSQL's casts are passed over; what is left of a colon and a word is a parameter.
const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\$(\w*)\$[\s\S]*?\$\1\$|::|:([A-Za-z_]\w*)/g;

/** Finds the parameters of a query. */
export function namedParameters(sql: string): NamedQuery {
  const names: string[] = [];
  for (const match of sql.matchAll(tokens)) {
    const name = match[2];
    if (name && !names.includes(name)) names.push(name);
  }
  return {
    names,
    render: (mark) => sql.replace(tokens, (whole, _tag, name?: string) => (name ? mark(name, names.indexOf(name) + 1) : whole)),
  };
}
