import { connectors } from '@weft/connectors';
import { catalogueOf, problems } from '@weft/flow';
import { expect, test } from 'vitest';
import { starters } from './index.ts';

test.each(starters)('“$title” opens without any problem', async (starter) => {
  const flow = await starter.create({
    practiceUrl: 'http://localhost:4100/practice/ws_1',
    provideFile: async () => {},
    provideConnection: async () => 'conn_1',
  });
  expect(problems(flow, catalogueOf(connectors.map(({ descriptor }) => descriptor)))).toEqual([]);
});
