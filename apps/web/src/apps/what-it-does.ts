import type { ConnectorDescriptor, Operation } from '@weft/connector-sdk';

type Effect = Operation['effect'];

/** All that an operation may do on the other side, whatever its settings. */
export const effectsOf = ({ effect, effectBy }: Operation): ReadonlySet<Effect> =>
  new Set([effect, ...Object.values(effectBy?.values ?? {}).map((value) => value.effect)]);

/** Where a connector reaches: any public host, the hosts it names, that of its connection, or nothing. */
export interface Reach {
  any: boolean;
  hosts: readonly string[];
  connection: boolean;
}

export function reachOf({ auth, governance: { allowedHosts } }: Pick<ConnectorDescriptor, 'auth' | 'governance'>): Reach {
  return {
    any: allowedHosts.includes('*'),
    hosts: allowedHosts.filter((host) => host !== '*'),
    connection: auth.some(({ hostSetting }) => hostSetting !== undefined),
  };
}

/** The strongest of what a connector's operations do outside; undefined where it reaches nothing. */
export function strongestEffect({ operations, ...connector }: ConnectorDescriptor): Effect | undefined {
  const { any, hosts, connection } = reachOf(connector);
  if (!any && hosts.length === 0 && !connection) return undefined;
  const effects = operations.filter(({ visibility }) => visibility !== 'internal').flatMap((operation) => [...effectsOf(operation)]);
  return (['delete', 'write', 'read'] as const).find((effect) => effects.includes(effect));
}
