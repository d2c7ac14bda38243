import type { RunDetail } from '@weft/api';
import { useMemo, useState } from 'react';
import { RunBrowser } from './run-browser.tsx';
import { shownRun } from './shown-run.ts';
import { useRunFeed } from './use-run-feed.ts';

export interface RunViewProps {
  run: RunDetail;
}

/** All about one run: when each step ran, what it got and gave, the data it began with, its answer and its files. */
export function RunView({ run }: RunViewProps) {
  return <OneRun key={run.id} run={run} />;
}

function OneRun({ run }: RunViewProps) {
  const [selected, setSelected] = useState<string | null>(null);
  const { record, clockAheadMs } = useRunFeed(run.id, run);
  const isAtWork = record.steps.size > 0;
  const shown = useMemo(() => shownRun(run, isAtWork), [isAtWork, run]);
  return (
    <div className="h-full min-h-96">
      <RunBrowser run={shown} record={record} clockAheadMs={clockAheadMs} selected={selected} onSelect={setSelected} timeline />
    </div>
  );
}
