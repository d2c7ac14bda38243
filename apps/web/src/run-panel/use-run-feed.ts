import type { LiveEvent, RunDetail } from '@weft/server/contract';
import { useMemo, useState } from 'react';
import { useLive } from '../api/index.ts';
import { foldEntries } from './record/fold-entries.ts';
import { createRecorder } from './record/recorder.ts';
import type { JournalEntry, RunRecord } from './record/run-record.ts';

export interface RunFeed {
  record: RunRecord;
  /** How far this computer's clock is ahead of the server's, milliseconds; what is under way is measured with it. */
  clockAheadMs: number;
}

/** Less is the network's delay. */
const noticeableMs = 2_000;
const noEntries: JournalEntry[] = [];

/**
 * A run's record, live. What happens while the run is still being read would be in neither the answer nor the cache, so it is
 * gathered here. For one run: give the component the run's id as its key.
 */
export function useRunFeed(runId: string, run: Pick<RunDetail, 'entries' | 'finishedAt'> | undefined): RunFeed {
  const [record] = useState(createRecorder);
  const [early, setEarly] = useState(noEntries);
  const [clockAheadMs, setClockAheadMs] = useState(0);

  useLive((event: LiveEvent) => {
    if (event.type !== 'steps' || event.runId !== runId) return;
    const latest = event.entries.at(-1);
    const aheadMs = latest ? Date.now() - latest.at : 0;
    if (Math.abs(aheadMs) > noticeableMs && Math.abs(aheadMs - clockAheadMs) > noticeableMs) setClockAheadMs(aheadMs);
    if (run === undefined) setEarly((known) => [...known, ...event.entries]);
  });

  const whole = useMemo(() => {
    const read = record(run?.entries ?? noEntries);
    return typeof run?.finishedAt === 'string' ? read : foldEntries(read, early);
  }, [early, record, run]);
  return { record: whole, clockAheadMs };
}
