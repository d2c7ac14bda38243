/** A query with `:name` parameters, taken apart. */
export interface NamedQuery {
  /** In order of first appearance. */
  names: string[];
  /** Those that stand where a list may go, such as `IN (:ids)`. */
  lists: ReadonlySet<string>;
  /**
   * The text with each parameter replaced.
   * @param among - what `IN (:ids)`, `= ANY(:ids)` and their opposites become, from the operator on. Default: as they are, with the mark.
   */
  render(mark: Mark, among?: (place: Among) => string): string;
}

type Mark = (name: string, position: number) => string;

/** A comparison with the values of one parameter. */
export interface Among {
  name: string;
  position: number;
  /** `NOT IN` and `<> ALL`. */
  isNot: boolean;
  /** As it is written, with the mark: `IN ($1)`. */
  written: string;
  /** Written so that a list is wanted: `= ANY(:ids)`. */
  isList: boolean;
}

/** Text in quotes, with PostgreSQL's E'…' where a backslash hides the quote behind it, quoted names, and text between dollars. */
const quotedText = `(?<![\\w$])[eE]'(?:[^'\\\\]|''|\\\\[\\s\\S])*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\\$(\\w*)\\$[\\s\\S]*?\\$\\1\\$`;
const comment = `--[^\\n]*|/\\*[\\s\\S]*?\\*/`;
const among = `(?:(?<![\\w$])(?<not>not\\s+)?in|(?<![<>!=@#~&|?*+/%^-])(?:=\\s*(?:any|some)|(?<other><>|!=)\\s*all))\\s*\\(\\s*:(?<of>[a-z_]\\w*)\\s*\\)`;

// What is quoted, comments and PostgreSQL's casts are passed over; what is left of a colon and a word is a parameter.
const tokens = new RegExp(`${quotedText}|${comment}|::|${among}|:(?<name>[a-z_]\\w*)`, 'gi');

/** Other places of lists: what takes one apart, compares with all of it, or names its type. */
const listPlaces = /\b(?:any|some|all|unnest|json_each|jsonb?_array_elements(?:_text)?)\s*\(\s*:([a-z_]\w*)|:([a-z_]\w*)\s*::\s*(?:jsonb?\b|[\w". ()]+\[)/gi;

type Groups = Partial<Record<'name' | 'of' | 'not' | 'other', string>>;

/** Finds the parameters of a query. */
export function namedParameters(sql: string): NamedQuery {
  const names: string[] = [];
  const lists = new Set<string>();
  for (const { groups = {} } of sql.matchAll(tokens)) {
    const { name, of }: Groups = groups;
    const found = name ?? of;
    if (found !== undefined && !names.includes(found)) names.push(found);
    if (of !== undefined) lists.add(of);
  }
  for (const [, inside, cast] of sql.matchAll(listPlaces)) lists.add(inside ?? cast ?? '');
  return {
    names,
    lists,
    render(mark, ofAmong = ({ written }) => written) {
      return sql.replace(tokens, (whole: string, ...found) => {
        // The last of what a pattern with named groups hands over.
        const { name, of, not, other } = found.at(-1) as Groups;
        const own = name ?? of;
        if (own === undefined) return whole;
        const position = names.indexOf(own) + 1;
        if (of === undefined) return mark(own, position);
        const written = whole.replace(/:[a-z_]\w*(?=\s*\)$)/i, () => mark(of, position));
        return ofAmong({ name: of, position, isNot: not !== undefined || other !== undefined, written, isList: !/^(?:not\s+)?in\b/i.test(whole) });
      });
    },
  };
}

/** A query as part of another one: without comments, which would swallow what follows, and without its last semicolon. */
export const inner = (sql: string): string =>
  `\n${sql.replace(quotedOrComment, (whole) => (/^(?:--|\/\*)/.test(whole) ? ' ' : whole)).trim().replace(/;+$/, '')}\n`;

const quotedOrComment = new RegExp(`${quotedText}|${comment}`, 'g');

/** Whether a text reads, by how it begins after blanks and comments; what it does in the end the database decides. */
export const beginsReading = (sql: string): boolean => /^(?:\s|--[^\n]*(?:\n|$)|\/\*(?:[^*]|\*(?!\/))*\*\/)*(?:select|with|values)\b/i.test(sql);
