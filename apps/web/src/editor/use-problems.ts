import { problems } from './flow-knowledge.ts';
import { createInterpretingValidator } from '@weft/json-schema/interpreter';
import { useEffect } from 'react';
import { useEditor } from './state/index.ts';

/** Pause after an edit before the flow is checked: typing is never held up. */
const pauseMs = 120;

/** Keeps the list of problems true. Moving steps and writing notes cannot make one, so they check nothing. */
export function useProblems(): void {
  useEffect(() => {
    const validator = createInterpretingValidator();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const check = () => {
      const { document, catalogue, connectors } = useEditor.getState();
      // Before the connectors are known every step would seem to be of an unknown kind.
      if (connectors.length > 0) useEditor.setState({ problems: problems(document, catalogue, { validator }) });
    };
    check();
    const stop = useEditor.subscribe((now, before) => {
      const same =
        now.document.steps === before.document.steps &&
        now.document.edges === before.document.edges &&
        now.document.settings === before.document.settings &&
        now.catalogue === before.catalogue;
      if (same || now.readOnly) return;
      clearTimeout(timer);
      timer = setTimeout(check, pauseMs);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
}
