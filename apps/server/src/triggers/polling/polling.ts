import type { Strategy } from '../strategy.ts';
import { pollStatements } from './poll-statements.ts';
import { pollingState } from './polling-state.ts';

/** Sources are asked for what is new; `poller.ts` asks. */
export const polling: Strategy = { statements: pollStatements, stateOf: pollingState };
