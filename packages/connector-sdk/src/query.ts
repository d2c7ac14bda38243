/**
 * What is done to the query of an address. All else in it stays byte for byte as it was written: an address may be signed, and `%E4` or
 * `%20` mean what they mean to its service. (Any write to `URL.searchParams` would write the whole query anew.)
 */

/** Adds to it behind what is there. @param written - as it is sent: `a=1&b=x+y`. */
export function appendQuery(url: URL, written: string): void {
  const { search } = url;
  if (written !== '') url.search = search === '' ? written : `${search}${search.endsWith('&') ? '' : '&'}${written}`;
}

/** Puts a parameter in the place of those of its name, or behind all where there is none. */
export function replaceParameter(url: URL, name: string, value: string): void {
  const parts = url.search.slice(1).split('&');
  const at = parts.findIndex((part) => nameOf(part) === name);
  if (at === -1) {
    appendQuery(url, parameter(name, value));
    return;
  }
  parts[at] = parameter(name, value);
  url.search = parts.filter((part, index) => index <= at || nameOf(part) !== name).join('&');
}

/** As forms write it: a blank is `+`. */
const parameter = (name: string, value: string): string => new URLSearchParams([[name, value]]).toString();

/** Undefined where nothing stands between two `&`. */
const nameOf = (part: string): string | undefined => new URLSearchParams(part).keys().next().value;
