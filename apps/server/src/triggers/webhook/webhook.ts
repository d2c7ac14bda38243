import type { Strategy } from '../strategy.ts';
import { pathStatements } from './webhook-path.ts';

/** Another system calls; `receiver.ts` takes the calls. */
export const webhook: Strategy = { statements: pathStatements };
