import type { RunSummary } from '@weft/api';

/** Final: it never changes any more. */
export const isOver = (status: RunSummary['status']): boolean => status !== 'queued' && status !== 'running' && status !== 'waiting';

/** What a person called it, else what its flow calls it by, else the flow's own title. */
export const calledRun = ({ name, title, flowTitle }: Pick<RunSummary, 'name' | 'title' | 'flowTitle'>): string => name ?? title ?? flowTitle;
