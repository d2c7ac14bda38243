import type { Connector } from '@weft/connector-sdk';
import type { ConnectorFacts } from '@weft/api';
import { notFound } from '../refused.ts';
import type { Starter } from '../starters/index.ts';
import { descriptorHash } from '../runtime/descriptor-hash.ts';
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
  const facts = new Map<string, ConnectorFacts>();
  return defineRoutes({
    'GET /connectors': { policy: 'session', handler: async ({ request }) => descriptors(request) },
    'GET /connectors/:connector': {
      policy: 'session',
      async handler({ params }) {
        const connector = connectors.find(({ descriptor }) => descriptor.id === params.connector);
        if (!connector) throw notFound('This connector');
        const { descriptor, isolation } = connector;
        const known = facts.get(descriptor.id) ?? { sha256: descriptorHash(descriptor), isolated: isolation === 'process' };
        facts.set(descriptor.id, known);
        return known;
      },
    },
    'GET /starters': { policy: 'session', handler: async ({ request }) => summaries(request) },
  });
}
