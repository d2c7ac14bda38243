import type { Services } from '../services.ts';
import { installationRoutes } from './installation.ts';
import { meRoutes } from './me.ts';
import type { RouteTable } from './route.ts';
import { workspaceRoutes } from './workspaces.ts';

/** Every route of the contract: one that is missing, or has no policy, does not compile. */
export function allRoutes(services: Services): Partial<RouteTable> {
  return {
    ...installationRoutes(services),
    ...meRoutes(services),
    ...workspaceRoutes(services),
  } satisfies Partial<RouteTable>;
}
