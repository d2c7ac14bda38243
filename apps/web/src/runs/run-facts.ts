import type { RunSummary } from '@weft/api';

/** Final: it never changes any more. */
export const isOver = (status: RunSummary['status']): boolean => status !== 'queued' && status !== 'running' && status !== 'waiting';
