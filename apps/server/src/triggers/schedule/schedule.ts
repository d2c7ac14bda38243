import type { Strategy } from '../strategy.ts';
import { scheduleProblems } from './schedule-problems.ts';
import { scheduleState } from './schedule-state.ts';
import { scheduleStatements } from './schedule-statements.ts';

/** The clock starts runs; `scheduler.ts` keeps it. */
export const schedule: Strategy = { statements: scheduleStatements, problems: scheduleProblems, stateOf: scheduleState };
