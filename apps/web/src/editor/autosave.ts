import type { FlowDocument } from '@weft/flow';
import type { FlowDetail } from '@weft/api';
import { ApiError, call, connection, messageOf } from '../api/index.ts';
import { keepDraft, forgetDraft } from './kept-draft.ts';
import { decideConflict, draftOf, nothingToSave, useEditor } from './state/index.ts';

/** Pause in editing after which the draft is saved, and the longest an edit waits. */
const pauseMs = 700;
const patienceMs = 4_000;

/** Saves at once what waits. @returns true when everything is on the server. */
export const saveNow = async (): Promise<boolean> => useEditor.getState().flush();

/**
 * Saves the draft whenever it has changed, one request at a time, and keeps every edit in this browser until the server
 * has acknowledged it. @returns the end of it, with a last try to save.
 */
export function startAutosave(workspace: string, flow: string): () => void {
  let saved: FlowDocument = draftOf(useEditor.getState());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitingSince: number | undefined;
  let running: Promise<boolean> | undefined;

  const isCurrent = () => useEditor.getState().facts?.id === flow;

  const plan = (delayMs: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => void flush(), delayMs);
  };

  const flush = async (): Promise<boolean> => {
    clearTimeout(timer);
    if (running) await running;
    const { saveState, revision } = useEditor.getState();
    const document = draftOf(useEditor.getState());
    if (!isCurrent() || saveState === 'conflict') return false;
    if (document === saved) return true;
    waitingSince = undefined;
    running = send(document, revision);
    const done = await running;
    running = undefined;
    return done;
  };

  const send = async (document: FlowDocument, revision: number): Promise<boolean> => {
    useEditor.setState({ saveState: 'saving', refusal: undefined });
    try {
      const answer = await call('PUT /w/:workspace/flows/:flow/draft', {
        params: { workspace, flow },
        body: document,
        headers: { 'if-match': String(revision) },
      });
      saved = document;
      const isLatest = draftOf(useEditor.getState()) === document;
      if (isLatest) forgetDraft(flow);
      useEditor.setState(({ facts }) => ({
        revision: answer.revision,
        saveState: isLatest ? 'saved' : 'unsaved',
        facts: facts && { ...facts, title: document.title, unpublishedChanges: facts.published !== null },
      }));
      if (!isLatest) plan(pauseMs);
      return isLatest;
    } catch (error) {
      refused(error);
      return false;
    }
  };

  const refused = (error: unknown) => {
    if (!(error instanceof ApiError)) throw error;
    if (error.code === 'flow.stale') {
      decideConflict(false);
      useEditor.setState({ saveState: 'conflict', theirs: error.problem.current });
    } else if (error.status >= 400 && error.status < 500) {
      // Another try would be refused again; the next edit may mend it.
      useEditor.setState({ saveState: 'refused', refusal: messageOf(error) });
    } else {
      useEditor.setState({ saveState: 'offline' });
    }
  };

  const stopListening = useEditor.subscribe((state, before) => {
    const document = draftOf(state);
    if (document === draftOf(before) || !isCurrent()) return;
    // A flow that was just read from the server, or taken over from somebody else, is saved already.
    if (state.history.past.length === 0 && state.history.future.length === 0 && state.saveState === 'saved') {
      saved = document;
      return;
    }
    keepDraft(flow, { document, revision: state.revision });
    if (state.saveState === 'conflict') return;
    waitingSince ??= Date.now();
    plan(Math.min(pauseMs, Math.max(0, waitingSince + patienceMs - Date.now())));
  });

  const stopWaiting = connection.onRestored(() => {
    if (useEditor.getState().saveState === 'offline') plan(0);
  });
  // Another try also without news about the connection: the server may have refused for a reason that passes.
  const retry = setInterval(() => {
    if (useEditor.getState().saveState === 'offline') plan(0);
  }, 15_000);

  const onLeave = (event: BeforeUnloadEvent) => {
    if (draftOf(useEditor.getState()) === saved) return;
    // The edits are kept in this browser; the question is for those who close the tab in the middle of a save.
    if (useEditor.getState().saveState !== 'offline') void flush();
    else event.preventDefault();
  };
  window.addEventListener('beforeunload', onLeave);

  useEditor.setState({ flush });
  return () => {
    void flush();
    clearTimeout(timer);
    clearInterval(retry);
    stopListening();
    stopWaiting();
    window.removeEventListener('beforeunload', onLeave);
    if (useEditor.getState().flush === flush) useEditor.setState({ flush: nothingToSave });
  };
}

/** Somebody else saved first, and this person's version shall count: it is saved on top of theirs, which stays in the history of edits. */
export function keepMine(theirs: FlowDetail): void {
  useEditor.setState({ revision: theirs.revision, theirs: undefined, saveState: 'unsaved' });
  void saveNow();
}
