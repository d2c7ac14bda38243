import { createHash } from 'node:crypto';
import { InputError, TerminalError, type HttpResponse, type Json, type OperationContext, type SourceBatch } from '@weft/connector-sdk';
import { errorForAnswer, readJson, replaceParameter } from '@weft/connector-sdk/author';
import { hintOfMore } from './hint-of-more.ts';
import { nextLink } from './next-link.ts';
import { valueAt } from './value-at.ts';

export interface PagesOptions {
  url: URL;
  headers: Record<string, string>;
  /** Where in an answer the list is, with dots; '' for the answer itself. */
  list: string;
  paging: 'page' | 'cursor' | 'address' | 'link' | 'none';
  /** `page`: the parameter, and the number of the first page. */
  pageParameter: string;
  firstPage: number;
  /** `cursor`, `address`: where in an answer the next one is; of a cursor the parameter that carries it. */
  cursorField: string;
  cursorParameter: string;
}

/** Which page comes next: its number, the cursor that the page before gave, or its address. */
type Place = { page: number } | { cursor: string } | { url: string } | { isOver: true };

/** The next page, and how many were read before it. */
type Cursor = Place & { pagesRead?: number };

/** No list is read for ever: a service that ignores its page parameter gives the same page again and again. */
const maxPages = 1_000_000;

/**
 * The lists of a service's pages, each a batch. The page is the cursor. Where a list ends although its service seems to have more, the run
 * says so.
 */
export async function* readPages(context: OperationContext, options: PagesOptions, cursor: Json | undefined): AsyncGenerator<SourceBatch> {
  // Written by this source only.
  let { pagesRead: done = 0, ...place } = (cursor ?? beginning(options)) as Cursor;
  const again = repeats();
  for (; !('isOver' in place) && done < maxPages; done += 1) {
    const page = await ask(context, options, place, done);
    if (page === undefined) return;
    const records = listIn(page.body, options.list);
    if (records.length > 0 && again(place, records)) {
      throw new TerminalError(
        'The service gave the same page twice, so there would be no end. Check how its pages are numbered.',
        { kind: 'contract_violation' },
      );
    }
    const next = nextPlace(options, place, { ...page, isEmpty: records.length === 0, ...(done === 0 && { warn: context.warn }) });
    if (records.length > 0) {
      yield { records, ...(options.paging !== 'none' && { cursor: { ...next, pagesRead: done + 1 } }), amount: { unit: 'pages', done: done + 1 } };
    }
    place = next;
  }
}

/** Says whether a page came before: right before, or at this very place. A place alone may come again, as that of a scroll does. */
function repeats(): (place: Place, records: Json[]) => boolean {
  const seen = new Set<string>();
  let before = '';
  return (place, records) => {
    const text = JSON.stringify(records);
    const page = createHash('sha256').update(JSON.stringify([place, text])).digest('base64url').slice(0, 16);
    const isAgain = text === before || seen.has(page);
    before = text;
    seen.add(page);
    return isAgain;
  };
}

const over: Place = { isOver: true };

const beginning = ({ paging, firstPage, url }: PagesOptions): Exclude<Place, { isOver: true }> => (paging === 'page' ? { page: firstPage } : { url: url.href });

/** @returns undefined behind the last page, where some services answer 404 instead of an empty one. */
async function ask(
  { http, signal, warn }: OperationContext,
  options: PagesOptions,
  place: Exclude<Place, { isOver: true }>,
  done: number,
): Promise<{ answer: HttpResponse; body: Json } | undefined> {
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
  if (answer.status === 404 && 'page' in place && done > 0) {
    warn(`The service answered 404 for page ${place.page}, so the page before was taken for the last one.`);
    return undefined;
  }
  const failed = errorForAnswer(answer);
  if (failed !== undefined) throw failed;
  return { answer, body: readJson(answer, warn) };
}

function nextPlace(
  { paging, cursorField }: PagesOptions,
  place: Place,
  { answer, body, isEmpty, warn }: { answer: HttpResponse; body: Json; isEmpty: boolean; warn?: (sentence: string) => void },
): Place {
  // Behind the first page the settings have shown that they are right; some services leave a cursor in their last one.
  const isLast = (where: string): Place => {
    const hint = isEmpty || !warn ? undefined : hintOfMore(body);
    if (hint !== undefined) {
      warn?.(`${where}, so this page was taken for the last one. But “${hint}” of the answer seems to lead to more: check how the next page is found.`);
    }
    return over;
  };
  switch (paging) {
    case 'page':
      return isEmpty || !('page' in place) ? over : { page: place.page + 1 };
    case 'cursor':
    case 'address': {
      const next = valueAt(body, cursorField);
      if (next === undefined) return isLast(`The answer has nothing at “${cursorField}”`);
      if (next === null || next === '' || next === false) return over;
      if (typeof next === 'object') throw new InputError(['config', 'cursorField'], `At “${cursorField}” the answer has more than one value. Choose one inside of it.`);
      if (paging === 'address') return addressAt(String(next), answer);
      if (/^https?:\/\//i.test(String(next))) {
        throw new InputError(['config', 'paging'], `What the answer has at “${cursorField}” is an address. Let the next page be found by its address in the answer.`);
      }
      return { cursor: String(next) };
    }
    case 'link': {
      const next = nextLink(answer.headers['link'] ?? '');
      return next === undefined ? isLast('The answer has no Link header with a next page') : addressAt(next, answer);
    }
    case 'none':
      return isLast('The settings say that there is one page');
  }
}

function addressAt(next: string, answer: HttpResponse): Place {
  const url = URL.parse(next, answer.url);
  if (url === null) throw new TerminalError(`The service says that its next page is at “${next.slice(0, 200)}”, which is no address.`, { kind: 'contract_violation' });
  return { url: url.href };
}

function listIn(body: Json, path: string): Json[] {
  const found = body === null ? body : valueAt(body, path);
  if (Array.isArray(found)) return found;
  // An answer without a body, and null where the list is, are the usual ways to say that there is nothing.
  if (found === null) return [];
  const where = path === ''
    ? 'The answer is no list. Say where in it the list is.'
    : `The answer has no list at “${path}”. Look at an answer, and correct where the list is.`;
  throw new InputError(['config', 'list'], where);
}
