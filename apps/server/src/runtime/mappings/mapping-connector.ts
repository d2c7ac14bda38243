import type { Connector } from '@weft/connector-sdk';
import { compileMapping, type MappingWork } from '@weft/mapping';

/** Long mappings as something that guests can do: nobody sees it in a catalogue. */
const mappings: Connector = {
  descriptor: {
    contract: '1',
    id: 'mapping',
    version: '1.0.0',
    title: 'Mapping',
    description: '',
    icon: '',
    categories: [],
    runtime: { kind: 'native' },
    provenance: { origin: 'hand', licence: 'Apache-2.0' },
    tier: 'verified',
    auth: [],
    governance: { allowedHosts: [], dataClasses: [] },
    operations: [
      {
        id: 'map',
        kind: 'action',
        title: 'Map',
        visibility: 'internal',
        input: {},
        output: {},
        outputSource: 'none',
        effect: 'read',
        failures: [],
        samples: [],
      },
    ],
  },
  isolation: 'process',
  operations: {
    map: {
      run: async (_context, input) => {
        // Both ends of the channel are this build's, and see the same object: its date is one.
        const { document, target, scope, context } = input as unknown as MappingWork;
        return { result: JSON.stringify(compileMapping(document, target).run(scope, context)) };
      },
    },
  },
};

export default mappings;
