import type { LiveEvent, RunDetail } from '@weft/api';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { runKeys, useLive, useWorkspaceId } from '../api/index.ts';
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
/** A run that is silent for so long is read again: the stream of events may have opened after its last one. */
const silenceMs = 4_000;
const noEntries: JournalEntry[] = [];

/**
 * A run's record, live. What happens while the run is still being read would be in neither the answer nor the cache, so it is
 * gathered here. For one run: give the component the run's id as its key.
 */
export function useRunFeed(runId: string, run: Pick<RunDetail, 'entries' | 'finishedAt'> | undefined): RunFeed {
  const [record] = useState(createRecorder);
  const [early, setEarly] = useState(noEntries);
  const [clockAheadMs, setClockAheadMs] = useState(0);
  const [heard, setHeard] = useState(0);
  useReadingAfterSilence(runId, { isOpen: run === undefined || run.finishedAt === null, heard });

  useLive((event: LiveEvent) => {
    if ((event.type !== 'steps' && event.type !== 'progress') || event.runId !== runId) return;
    setHeard((times) => times + 1);
    if (event.type === 'progress') return;
    const latest = event.entries.at(-1);
    const aheadMs = latest ? Date.now() - latest.at : 0;
    if (Math.abs(aheadMs) > noticeableMs && Math.abs(aheadMs - clockAheadMs) > noticeableMs) setClockAheadMs(aheadMs);
    if (run === undefined) setEarly((known) => [...known, ...event.entries]);
  });

  const whole = useMemo(() => {
    const read = record(run?.entries ?? noEntries);
    return run !== undefined && run.finishedAt !== null ? read : foldEntries(read, early);
  }, [early, record, run]);
  return { record: whole, clockAheadMs };
}

/** @param heard - changes with every event: silence is counted from there. */
function useReadingAfterSilence(runId: string, { isOpen, heard }: { isOpen: boolean; heard: number }): void {
  const client = useQueryClient();
  const workspace = useWorkspaceId();

  useEffect(() => {
    if (!isOpen) return;
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: runKeys.one(workspace, runId) }), silenceMs);
    return () => clearInterval(timer);
  }, [client, heard, isOpen, runId, workspace]);
}
