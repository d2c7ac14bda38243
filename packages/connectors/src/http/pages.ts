import { InputError, TerminalError, type HttpResponse, type Json, type JsonObject, type OperationContext, type SourceBatch } from '@weft/connector-sdk';
import { errorForAnswer, readJson, replaceParameter } from '@weft/connector-sdk/author';

export interface PagesOptions {
  url: URL;
  headers: Record<string, string>;
  /** Where in an answer the list is, with dots; '' for the answer itself. */
  list: string;
  paging: 'page' | 'cursor' | 'link' | 'none';
  /** `page`: the parameter, and the number of the first page. */
  pageParameter: string;
  firstPage: number;
  /** `cursor`: where in an answer the next one is, and the parameter that carries it. */
  cursorField: string;
  cursorParameter: string;
}

/** Which page comes next: its number, the cursor that the page before gave, or its address. */
type Place = { page: number } | { cursor: string } | { url: string } | { isOver: true };

/** The next page, and how many were read before it. */
type Cursor = Place & { pagesRead?: number };

/** No list is read for ever: a service that ignores its page parameter gives the same page again and again. */
const maxPages = 1_000_000;

/** The lists of a service's pages, each a batch. The page is the cursor. */
export async function* readPages(context: OperationContext, options: PagesOptions, cursor: Json | undefined): AsyncGenerator<SourceBatch> {
  // Written by this source only.
  let { pagesRead: done = 0, ...place } = (cursor ?? beginning(options)) as Cursor;
  let before = '';
  for (; !('isOver' in place) && done < maxPages; done += 1) {
    const { answer, body } = await ask(context, options, place);
    const records = listIn(body, options.list);
    const text = JSON.stringify(records);
    if (records.length > 0 && text === before) {
      throw new TerminalError(
        'The service gave the same page twice, so there would be no end. Check how its pages are numbered.',
        { kind: 'contract_violation' },
      );
    }
    before = text;
    const next = nextPlace(options, place, { answer, body, isEmpty: records.length === 0 });
    if (records.length > 0) {
      yield { records, ...(options.paging !== 'none' && { cursor: { ...next, pagesRead: done + 1 } }), amount: { unit: 'pages', done: done + 1 } };
    }
    place = next;
  }
}

const over: Place = { isOver: true };

const beginning = ({ paging, firstPage, url }: PagesOptions): Exclude<Place, { isOver: true }> => (paging === 'page' ? { page: firstPage } : { url: url.href });

async function ask(
  { http, signal, warn }: OperationContext,
  options: PagesOptions,
  place: Exclude<Place, { isOver: true }>,
): Promise<{ answer: HttpResponse; body: Json }> {
  const url = new URL('url' in place ? place.url : options.url);
  if ('page' in place) replaceParameter(url, options.pageParameter, String(place.page));
  if ('cursor' in place) replaceParameter(url, options.cursorParameter, place.cursor);
  const headers: Record<string, string> = { accept: 'application/json', ...options.headers };
  const answer = await http.request({
    method: 'GET',
    url: url.href,
    addressField: ['input', 'url'],
    headers,
    signal: AbortSignal.any([signal, AbortSignal.timeout(60_000)]),
  });
  const failed = errorForAnswer(answer);
  if (failed !== undefined) throw failed;
  return { answer, body: readJson(answer, warn) };
}

function nextPlace(
  { paging, cursorField }: PagesOptions,
  place: Place,
  { answer, body, isEmpty }: { answer: HttpResponse; body: Json; isEmpty: boolean },
): Place {
  switch (paging) {
    case 'page':
      return isEmpty || !('page' in place) ? over : { page: place.page + 1 };
    case 'cursor': {
      const next = valueIn(body, cursorField);
      return next === undefined || next === null || next === '' || next === false ? over : { cursor: String(next) };
    }
    case 'link': {
      const next = nextLink(answer.headers['link'] ?? '');
      return next === undefined ? over : { url: new URL(next, answer.url).href };
    }
    case 'none':
      return over;
  }
}

/** @see https://www.rfc-editor.org/rfc/rfc8288 */
function nextLink(header: string): string | undefined {
  for (const [, target, parameters = ''] of header.matchAll(/<([^>]*)>((?:\s*;[^,<]*)*)/g)) {
    if (/;\s*rel\s*=\s*"?(?:[^";]*\s)?next(?:\s[^";]*)?"?/i.test(parameters)) return target;
  }
  return undefined;
}

function listIn(body: Json, path: string): Json[] {
  const found = body === null ? body : valueIn(body, path);
  if (Array.isArray(found)) return found;
  // An answer without a body, and null where the list is, are the usual ways to say that there is nothing.
  if (found === null) return [];
  const where = path === ''
    ? 'The answer is no list. Say where in it the list is.'
    : `The answer has no list at “${path}”. Look at an answer, and correct where the list is.`;
  throw new InputError(['config', 'list'], where);
}

function valueIn(value: Json, path: string): Json | undefined {
  let current: Json | undefined = value;
  for (const name of path === '' ? [] : path.split('.')) {
    if (typeof current !== 'object' || current === null || Array.isArray(current) || !Object.hasOwn(current, name)) return undefined;
    // What is no list and no null is an object here.
    current = (current as JsonObject)[name];
  }
  return current;
}

