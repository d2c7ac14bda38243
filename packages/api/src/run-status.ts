import type { RunStatus as EngineStatus } from '@weft/engine';

/** Every state of a run, in the order of a run's life: the one list of them. */
export const runStatuses = ['queued', 'running', 'waiting', 'succeeded', 'failed', 'cancelled', 'skipped'] as const satisfies readonly EngineStatus[];

/** As the engine has it: where it knew one more, the server would not compile. */
export type RunStatus = (typeof runStatuses)[number];
