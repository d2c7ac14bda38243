/** The program of a guest that does calls of this build's connectors: see `isolation` in a connector's declaration. */
import { serveGuest } from '@weft/guests/guest';
import { loaders } from './loaders.gen.ts';

await serveGuest(loaders, import.meta.url);
