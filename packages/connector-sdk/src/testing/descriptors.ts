import type { ConnectorDescriptor, Operation } from '../descriptor.ts';

/** A complete operation of which a test says only what matters to it; default: an action that writes and takes any object. */
export const operation = (id: string, extras: Partial<Operation> = {}): Operation => ({
  id,
  kind: 'action',
  title: id,
  visibility: 'primary',
  input: { type: 'object' },
  output: {},
  outputSource: 'none',
  effect: 'write',
  failures: [],
  samples: [],
  ...extras,
});

/** A connector for tests. Default: its id as title, and no auth schemes. */
export const connector = ({ id, ...given }: Pick<ConnectorDescriptor, 'id' | 'operations'> & Partial<ConnectorDescriptor>): ConnectorDescriptor => ({
  contract: '1',
  id,
  version: '1.0.0',
  title: id,
  categories: [],
  runtime: { kind: 'native' },
  provenance: { origin: 'hand', licence: 'Apache-2.0' },
  tier: 'curated',
  auth: [],
  governance: { allowedHosts: [], dataClasses: [] },
  ...given,
});
