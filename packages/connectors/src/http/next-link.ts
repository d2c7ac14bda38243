/**
 * The target of the link to the next page in a Link header, which may hold several with commas between, and commas inside addresses and
 * texts. Single quotes are no quotes in HTTP, but services write them.
 * @see https://www.rfc-editor.org/rfc/rfc8288#section-3
 */
export function nextLink(header: string): string | undefined {
  for (const [, target = '', parameters = ''] of header.matchAll(link)) {
    for (const [, name = '', quoted, single, token = ''] of parameters.matchAll(parameter)) {
      if (name.toLowerCase() !== 'rel') continue;
      const types = (quoted ?? single ?? token).trim().toLowerCase().split(/\s+/);
      if (types.includes('next')) return target.trim();
      // Only the first rel of a link counts.
      break;
    }
  }
  return undefined;
}

const value = String.raw`"((?:[^"\\]|\\.)*)"|'([^',;]*)'|([^\s;,"]*)`;
const parameter = new RegExp(String.raw`;\s*([\w!#$&+.^|~*-]+)\s*(?:=\s*(?:${value}))?`, 'g');
const link = new RegExp(String.raw`<([^>]*)>((?:\s*;\s*[\w!#$&+.^|~*-]+\s*(?:=\s*(?:${value.replaceAll(/\((?!\?)/g, '(?:')}))?)*)`, 'g');
