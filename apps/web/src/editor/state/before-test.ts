import { answeredBySamples, effectsOfTest, type FlowDocument } from '@weft/flow';
import { create } from 'zustand';
import { useEditor } from './store.ts';

/** `real`: the steps do what they are for. `samples`: they give their samples, and nothing is sent. */
export type TestChoice = 'real' | 'samples';

interface Question {
  /** The steps that would act outside. */
  stepIds: readonly string[];
  /** One step on its own has nothing after it that could use its sample. */
  single: boolean;
  answer: (choice: TestChoice | undefined) => void;
}

/** What is asked before a test acts outside; null while nothing is. */
export const useTestQuestion = create<{ asked: Question | null }>()(() => ({ asked: null }));

/** By flow and step, for as long as the page is open: what was once said is not asked again. */
const said = new Map<string, TestChoice>();

/**
 * The flow as a test run may do it, after asking once about steps that act outside.
 * @returns undefined where the person would rather not run it. `sampled` are the steps that give their samples instead.
 */
export async function flowToTest(until?: string): Promise<{ document: FlowDocument; sampled: string[] } | undefined> {
  const { document, catalogue } = useEditor.getState();
  const stepIds = effectsOfTest(document, catalogue, until);
  if (!(await agreed(stepIds, false))) return undefined;
  const sampled = stepIds.filter((stepId) => said.get(keyOf(stepId)) === 'samples');
  return { document: sampled.length > 0 ? answeredBySamples(document, sampled, catalogue) : document, sampled };
}

/** Asks before one step is tried on its own; only `real` counts as said. */
export async function mayTryStep(stepId: string): Promise<boolean> {
  if (said.get(keyOf(stepId)) === 'real') return true;
  return (await askedAbout([stepId], true)) === 'real';
}

/** The next tests do these steps for real. */
export function testForReal(stepIds: readonly string[]): void {
  for (const stepId of stepIds) said.set(keyOf(stepId), 'real');
}

async function agreed(stepIds: readonly string[], single: boolean): Promise<boolean> {
  const open = stepIds.filter((stepId) => !said.has(keyOf(stepId)));
  return open.length === 0 || (await askedAbout(open, single)) !== undefined;
}

function askedAbout(stepIds: readonly string[], single: boolean): Promise<TestChoice | undefined> {
  useTestQuestion.getState().asked?.answer(undefined);
  return new Promise((resolve) => {
    const answer = (choice: TestChoice | undefined) => {
      useTestQuestion.setState({ asked: null });
      if (choice !== undefined) for (const stepId of stepIds) said.set(keyOf(stepId), choice);
      resolve(choice);
    };
    useTestQuestion.setState({ asked: { stepIds, single, answer } });
  });
}

const keyOf = (stepId: string): string => `${useEditor.getState().facts?.id ?? ''}/${stepId}`;
