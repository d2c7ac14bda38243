/** A query with `:name` parameters, taken apart. */
export interface NamedQuery {
  /** In order of first appearance. */
  names: string[];
  /** The text with each parameter replaced. */
  render(mark: (name: string, position: number) => string): string;
}

/** Text in quotes, with PostgreSQL's E'…' where a backslash hides the quote behind it, quoted names, and text between dollars. */
const quotedText = `(?<![\\w$])[eE]'(?:[^'\\\\]|''|\\\\[\\s\\S])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\\$(\\w*)\\$[\\s\\S]*?\\$\\1\\$`;
const comment = `--[^\\n]*|/\\*[\\s\\S]*?\\*/`;

// What is quoted, comments and PostgreSQL's casts are passed over; what is left of a colon and a word is a parameter.
const tokens = new RegExp(`${quotedText}|${comment}|::|:([A-Za-z_]\\w*)`, 'g');

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

/** A query as part of another one: without comments, which would swallow what follows, and without its last semicolon. */
export const inner = (sql: string): string =>
  `\n${sql.replace(quotedOrComment, (whole) => (/^(?:--|\/\*)/.test(whole) ? ' ' : whole)).trim().replace(/;+$/, '')}\n`;

const quotedOrComment = new RegExp(`${quotedText}|${comment}`, 'g');

/** Whether a text reads, by how it begins after blanks and comments; what it does in the end the database decides. */
export const beginsReading = (sql: string): boolean => /^(?:\s|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:select|with|values)\b/i.test(sql);
