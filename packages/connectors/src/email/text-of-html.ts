const named: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  euro: '€',
  copy: '©',
  hellip: '…',
  ndash: '–',
  mdash: '—',
};

/** Ends a line of text: the rest of HTML stands within a line. */
const blocks = /^(?:address|article|blockquote|div|dl|dt|dd|fieldset|figure|footer|form|h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tr|ul)$/;
const hidden = /^(?:script|style|head|title|template)$/;

/**
 * What a reader without HTML sees of a message: its words in lines, addresses of links behind their words, cells of a row divided by
 * tabs. Reads the text once from its beginning to its end, whatever it is.
 */
export function textOfHtml(html: string): string {
  let text = '';
  let href: string | undefined;
  let skipped: string | undefined;
  for (let at = 0; at < html.length; ) {
    const open = html.indexOf('<', at);
    const words = html.slice(at, open < 0 ? html.length : open);
    if (skipped === undefined) text += decoded(words).replaceAll(/[\t\n\f\r ]+/g, ' ');
    if (open < 0) break;
    const isComment = html.startsWith('<!--', open);
    const close = html.indexOf(isComment ? '-->' : '>', open);
    if (close < 0) break;
    at = close + (isComment ? 3 : 1);
    if (isComment) continue;
    const tag = html.slice(open + 1, close);
    const [, slash, name = ''] = /^(\/?)([A-Za-z][A-Za-z0-9]*)/.exec(tag) ?? [];
    const element = name.toLowerCase();
    if (skipped !== undefined) {
      if (slash === '/' && element === skipped) skipped = undefined;
      continue;
    }
    if (slash !== '/' && hidden.test(element)) skipped = element;
    else if (element === 'br' || blocks.test(element)) text += element === 'li' && slash !== '/' ? '\n- ' : '\n';
    else if (slash === '/' && (element === 'td' || element === 'th')) text += '\t';
    else if (element === 'a' &&
      slash !== '/') href = decoded(/\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i.exec(tag)?.slice(1).find((found) => found !== undefined) ?? '');
    else if (element === 'a' && href !== undefined) {
      if (/^https?:/i.test(href) && !text.endsWith(href)) text += ` (${href})`;
      href = undefined;
    }
  }
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line, number, lines) => line !== '' || (lines[number - 1] ?? '') !== '')
    .join('\n')
    .trim();
}

const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi, (entity, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10_ff_ff ? String.fromCodePoint(code) : entity;
  });
