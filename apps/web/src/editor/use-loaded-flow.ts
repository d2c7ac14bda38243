import { useQueryClient } from '@tanstack/react-query';
import type { FlowDetail } from '@weft/api';
import { useEffect, useState } from 'react';
import { connectorsQuery, flowKeys, flowQuery, useWorkspaceId } from '../api/index.ts';
import { startAutosave } from './autosave.ts';
import { forgetDraft, keptDraft } from './kept-draft.ts';
import { replaceFlow } from './commands/index.ts';
import { decideConflict, dispatch, setConnectors, setDocument, useEditor } from './state/index.ts';

type Loading = { status: 'loading' } | { status: 'ready' } | { status: 'failed'; error: unknown };

/** Reads the flow and the connectors, puts back edits that were not saved, and saves from then on. */
export function useLoadedFlow(flowId: string): { loading: Loading; retry: () => void } {
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  const [loading, setLoading] = useState<Loading>({ status: 'loading' });
  const [attempt, setAttempt] = useState(0);

  useEffect(() => {
    let gone = false;
    let stopSaving: (() => void) | undefined;
    const load = async () => {
      const [detail, connectors] = await Promise.all([
        // Fresh from the server, unless it was read a moment ago on the way here.
        client.fetchQuery({ ...flowQuery(workspace, flowId), staleTime: 3_000, retry: false }),
        client.ensureQueryData(connectorsQuery),
      ]);
      if (gone) return;
      setConnectors(connectors);
      useEditor.setState({ workspace, facts: undefined });
      decideConflict(false);
      setDocument(detail);
      stopSaving = startAutosave(workspace, flowId);
      putBackEdits(detail);
      setLoading({ status: 'ready' });
    };
    load().catch((error: unknown) => {
      if (!gone) setLoading({ status: 'failed', error });
    });
    return () => {
      gone = true;
      stopSaving?.();
      // Saved edits are not in the cache, and other pages shall see them.
      void client.invalidateQueries({ queryKey: flowKeys.one(workspace, flowId) });
      void client.invalidateQueries({ queryKey: flowKeys.list(workspace) });
    };
  }, [client, workspace, flowId, attempt]);

  return {
    loading,
    retry: () => {
      setLoading({ status: 'loading' });
      setAttempt((before) => before + 1);
    },
  };
}

/** Edits of the last visit that the server never got: they go on top of the draft, or ask when somebody else saved since. */
function putBackEdits(detail: FlowDetail): void {
  const kept = keptDraft(detail.id);
  if (!kept) return;
  if (JSON.stringify(kept.document) === JSON.stringify(detail.draft)) {
    forgetDraft(detail.id);
    return;
  }
  dispatch(replaceFlow(kept.document, 'Restore unsaved edits'));
  if (kept.revision !== detail.revision) useEditor.setState({ saveState: 'conflict', theirs: detail });
}
