/** A guest's program for tests: a connector that does what connectors should not. */
import { serveGuest } from '../src/guest/serve-guest.ts';

await serveGuest({ odd: () => import('./odd-connector.ts') }, import.meta.url);
