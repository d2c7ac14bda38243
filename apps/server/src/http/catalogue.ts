import type { Connector } from '@weft/connector-sdk';
import type { Starter } from '../starters/index.ts';
import { keptAnswer } from './kept-answer.ts';
import { defineRoutes } from './route.ts';

export interface CatalogueServices {
  connectors: readonly Connector[];
  starters: readonly Starter[];
}

/** What can be put on the canvas, and what an empty workspace offers. */
export function catalogueRoutes({ connectors, starters }: CatalogueServices) {
  const descriptors = keptAnswer(() => connectors.map(({ descriptor }) => descriptor));
  const summaries = keptAnswer(() => starters.map(({ id, title, description, connectors: used }) => ({ id, title, description, connectors: used })));
  return defineRoutes({
    'GET /connectors': { policy: 'session', handler: async ({ request }) => descriptors(request) },
    'GET /starters': { policy: 'session', handler: async ({ request }) => summaries(request) },
  });
}
