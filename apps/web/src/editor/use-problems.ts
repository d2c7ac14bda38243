import { useEffect } from 'react';
import { useEditor } from './state/index.ts';

/** Pause after an edit before the flow is checked: typing is never held up. */
const pauseMs = 120;

/** Keeps the list of problems true. Moving steps cannot make one, so it checks nothing. */
export function useProblems(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const check = async () => {
      const { checkFlow } = await import('./check-flow.ts');
      const { document, catalogue, connectors, readOnly, facts } = useEditor.getState();
      // Before the connectors are known every step would seem to be of an unknown kind.
      if (connectors.length > 0 && !readOnly) useEditor.setState({ problems: checkFlow(document, catalogue, facts?.id) });
    };
    const plan = (delayMs: number) => {
      clearTimeout(timer);
      timer = setTimeout(() => void check(), delayMs);
    };
    plan(0);
    const stop = useEditor.subscribe((now, before) => {
      const same =
        now.document.steps === before.document.steps &&
        now.document.edges === before.document.edges &&
        now.document.settings === before.document.settings &&
        now.document.title === before.document.title &&
        now.document.notes === before.document.notes &&
        now.catalogue === before.catalogue;
      if (!same && !now.readOnly) plan(pauseMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
}
