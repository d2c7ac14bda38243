import { brokenAnswer, choice, defineSource, keyValue, openJson } from '@weft/connector-sdk/author';
import { z } from 'zod';
import { failures } from './failures.ts';
import { readPages } from './pages.ts';
import { addressOf, textHeaders } from './request.ts';

/** What a loop reads: the items of a list that a service gives page by page. */
export const records = defineSource({
  id: 'records',
  title: 'Items of a paged list',
  description: 'Calls an address for one page after the other and goes through the items of all of them.',
  summary: 'Items of {input.url}',
  connection: 'optional',
  config: z.object({
    list: z.string()
      .max(200)
      .default('')
      .meta({ title: 'Where the list is', description: 'In the answer, with dots: data.items. Empty when the answer is the list.', examples: ['data.items'] }),
    paging: choice(
      {
        page: 'By number, until a page is empty',
        cursor: 'By a cursor in the answer',
        address: 'By its address in the answer',
        link: 'By the Link header',
        none: 'There is one page',
      },
      { title: 'Next page' },
    ).default('page'),
    pageParameter: z.string().min(1).max(100).default('page').meta({ title: 'Parameter of the page number', description: 'Only for pages by number.' }),
    firstPage: z.int().min(0).max(1).default(1).meta({ title: 'Number of the first page', description: 'Only for pages by number.' }),
    cursorField: z.string()
      .max(200)
      .default('next_cursor')
      .meta({
        title: 'Where the cursor or address is',
        description: 'In the answer, with dots. Only for pages by cursor or address.',
        examples: ['next_cursor', 'links.next', '@odata.nextLink'],
      }),
    cursorParameter: z.string().min(1).max(100).default('cursor').meta({ title: 'Parameter of the cursor', description: 'Only for pages by cursor.' }),
  }),
  input: z.object({
    url: z.url().meta({ title: 'Address', description: 'Of the first page, without its number.', examples: ['https://api.example.com/orders'] }),
    query: keyValue({ title: 'Query', description: 'Added to the address behind the ?.' }).optional(),
    headers: keyValue({ title: 'Headers' }).optional(),
  }),
  record: openJson({ title: 'Item' }),
  unless: { config: 'paging', is: 'none' },
  failures: [...failures, brokenAnswer()],
  samples: [
    { title: 'Orders', config: { list: 'data', paging: 'cursor' }, input: { url: 'https://api.example.com/orders' }, record: { id: '1001', total: '21.00' } },
  ],
  async *read(context, input, config, { cursor }) {
    yield* readPages(context, { ...config, url: addressOf(input.url, input.query), headers: textHeaders(input.headers) }, cursor);
  },
});
