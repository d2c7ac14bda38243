import type { Connector } from '@weft/connector-sdk';
import { startGuest } from './host/guest-process.ts';
import { isolate } from './host/isolate.ts';
import { createPool, type Pool, type PoolOptions } from './host/pool.ts';

export interface GuestsOptions extends Omit<PoolOptions, 'start'> {
  /** The file of the program that calls `serveGuest` with the connectors that there are. */
  program: string;
  /** Where the files of a workspace are, which its guests may look at. Default: they may look at none. */
  folderOf?(workspaceId: string): string;
  /** How much memory each may take for what it works with, MB. Default 128. */
  heapMb?: number;
}

export interface Guests {
  /** The same connector, its code in processes of its own where it says that it has to be. None is started before the first call. */
  isolated(connector: Connector): Connector;
  /** Ends all of them; calls that are under way fail. */
  close(): void;
}

/** A pool of guests for each connector that asks for it. */
export function createGuests({ program, folderOf, heapMb, ...options }: GuestsOptions): Guests {
  const pools = new Map<string, Pool>();
  const poolOf = (id: string): Pool => {
    const pool = pools.get(id) ?? createPool({ ...options, start: (workspaceId) => startGuest({ program, folder: folderOf?.(workspaceId), heapMb }) });
    pools.set(id, pool);
    return pool;
  };
  return {
    isolated: (connector) => (connector.isolation === 'process' ? isolate(connector, poolOf(connector.descriptor.id)) : connector),
    close() {
      for (const pool of pools.values()) pool.close();
    },
  };
}
