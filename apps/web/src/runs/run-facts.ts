import type { RunSummary } from '@weft/server/contract';

/** Final: it never changes any more. */
export const isOver = (status: RunSummary['status']): boolean => status !== 'queued' && status !== 'running' && status !== 'waiting';
