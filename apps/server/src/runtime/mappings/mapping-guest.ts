/** The program of a guest that does mappings which would keep others waiting. */
import { serveGuest } from '@weft/guests/guest';

await serveGuest({ mapping: () => import('./mapping-connector.ts') }, import.meta.url);
