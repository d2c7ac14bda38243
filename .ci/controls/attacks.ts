import type { Attack } from './control.ts';
import { corpus } from './corpus.ts';
import { found } from './found.ts';

/** Everything that was tried, and what holds against it. */
export const attacks: readonly Attack[] = [...corpus, ...found];
