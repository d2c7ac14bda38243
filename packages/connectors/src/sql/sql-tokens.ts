/** A piece of a query that is more than its letters. */
export type SqlToken =
  & { start: number; end: number }
  & (
    | { kind: 'quoted' | 'comment' | 'cast' }
    | { kind: 'parameter'; name: string }
    /** A comparison with the values of one parameter. `isNot`: `NOT IN` and `<> ALL`. */
    | { kind: 'among'; name: string; isNot: boolean }
  );

/** Text in quotes, with PostgreSQL's E'…' where a backslash hides the quote behind it, quoted names, and the opening of text between dollars. */
const quoted = `(?<quoted>(?<![\\w$])[eE]'(?:[^'\\\\]|''|\\\\[\\s\\S]?)*(?:'|$)|'[^']*(?:''[^']*)*(?:'|$)|"[^"]*(?:""[^"]*)*(?:"|$))`;
const opening = `(?<![\\w$])\\$(?<tag>\\w*)\\$`;
const comment = `(?<comment>--[^\\n]*|/\\*(?:[\\s\\S]*?\\*/|[\\s\\S]*))`;
const among = `(?:(?<![\\w$])(?<not>not\\s+)?in|(?<![<>!=@#~&|?*+/%^-])(?:=\\s*(?:any|some)|(?<other><>|!=)\\s*all))\\s*\\(\\s*:(?<of>[a-z_]\\w*)\\s*\\)`;

const tokens = new RegExp(`${quoted}|${opening}|${comment}|(?<cast>::)|${among}|:(?<name>[a-z_]\\w*)`, 'gi');

type Groups = Partial<Record<'quoted' | 'tag' | 'comment' | 'cast' | 'not' | 'other' | 'of' | 'name', string>>;

/**
 * The tokens of a query in their order, in one pass over its text. What is quoted, comments and PostgreSQL's casts are there to be passed over;
 * what is left of a colon and a word is a parameter. Quotes and comments that nobody closes go on to the end, as databases read them.
 */
export function* sqlTokens(sql: string): Generator<SqlToken> {
  const scanner = new RegExp(tokens);
  let dollars: Dollars | undefined;
  for (let match = scanner.exec(sql); match; match = scanner.exec(sql)) {
    const { tag, comment: isComment, cast, not, other, of, name }: Groups = match.groups ?? {};
    const place = { start: match.index, end: scanner.lastIndex };
    if (tag !== undefined) {
      dollars ??= dollarsOf(sql);
      const end = dollars.endOf(tag, place.end);
      // Nobody closes it: dollars, as in a name.
      if (end === undefined) continue;
      scanner.lastIndex = end;
      yield { kind: 'quoted', start: place.start, end };
    } else if (of !== undefined) yield { kind: 'among', name: of, isNot: not !== undefined || other !== undefined, ...place };
    else if (name !== undefined) yield { kind: 'parameter', name, ...place };
    else yield { kind: isComment !== undefined ? 'comment' : cast !== undefined ? 'cast' : 'quoted', ...place };
  }
}

interface Dollars {
  /** Where the text ends that is closed by `$tag$`, begun at `from` or behind; asked for in the order of the text. */
  endOf(tag: string, from: number): number | undefined;
}

/** All places of `$tag$`, found at once: to look for each tag's end from its beginning would take the square of the text's length. */
function dollarsOf(sql: string): Dollars {
  const places = new Map<string, number[]>();
  const before = /\$(?=(\w*)\$)/g;
  for (const { index, 1: tag = '' } of sql.matchAll(before)) {
    const known = places.get(tag);
    if (known) known.push(index);
    else places.set(tag, [index]);
  }
  const asked = new Map<string, number>();
  return {
    endOf(tag, from) {
      const known = places.get(tag) ?? [];
      let at = asked.get(tag) ?? 0;
      while (at < known.length && (known[at] ?? 0) < from) at += 1;
      asked.set(tag, at);
      const start = known[at];
      return start === undefined ? undefined : start + tag.length + 2;
    },
  };
}
