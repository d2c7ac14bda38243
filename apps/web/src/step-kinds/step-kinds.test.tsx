// @vitest-environment jsdom
import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import type { Step } from '@weft/flow';
import { addTestEcho, testEcho, type TestEchoStep } from '@weft/flow/testing';
import { ReactFlowProvider } from '@xyflow/react';
import { Megaphone } from 'lucide-react';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Canvas } from '../canvas/canvas.tsx';
import { addStep } from '../editor/commands/index.ts';
import { dispatch, openStep, useEditor } from '../editor/state/index.ts';
import { Inspector } from '../inspector/inspector.tsx';
import { useEditStep } from '../inspector/use-step.ts';
import { i18n } from '../locales/i18n.ts';
import { loadFlow, renderInEditor } from '../mapper/testing/editor-with-flow.tsx';
import { Palette } from '../palette/palette.tsx';
import { TextField } from '../ui/index.ts';
import type { KindWords } from './kind-words.ts';
import type { SetupProps } from './setup-props.ts';
import { setups } from './setup.tsx';
import type { StepKindView } from './step-kind-view.ts';
import { stepKinds } from './step-kinds.ts';

// All that a kind's folder has: how it is shown, its form, its words.

/** The product's kinds are closed, so the types know the step as one of them. */
const textOf = (step: Step): string => {
  const { text } = step as unknown as TestEchoStep;
  return text && 'const' in text ? String(text.const) : '';
};

const view: StepKindView = {
  Icon: Megaphone,
  summary: (step) => `Says ${textOf(step)}`,
  create: { id: 'echo', step: (_flow, title) => testEcho({ title }) },
};

function EchoSetup({ stepId, step }: SetupProps) {
  const edit = useEditStep(stepId);
  return <TextField label="What it says" value={textOf(step)} onChange={(text) => edit(
    () => testEcho({ title: step.title, text: { const: text } }),
    'Change text',
  )} />;
}

const words: KindWords = { kind: { name: 'Echo', line: 'Says something' }, palette: { title: 'Echo', description: 'Says a text', keywords: 'shout' } };

// And a line in each of the two tables.
const tables: [Record<string, unknown>, unknown][] = [[stepKinds, view], [setups, EchoSetup]];

const ownWords = structuredClone(i18n.getResourceBundle('en', 'step-kinds') as object);
let forget: () => void;

beforeAll(() => {
  forget = addTestEcho();
  for (const [table, line] of tables) table['testEcho'] = line;
  i18n.addResourceBundle('en', 'step-kinds', { testEcho: words }, true);
});
afterAll(() => {
  forget();
  for (const [table] of tables) delete table['testEcho'];
  i18n.removeResourceBundle('en', 'step-kinds');
  i18n.addResourceBundle('en', 'step-kinds', ownWords);
});
beforeEach(() => loadFlow());
afterEach(cleanup);

const stepNow = (id: string) => useEditor.getState().document.steps[id];

describe('a kind of step that the editor has never heard of', () => {
  it('is offered and found in the palette, and added from there', () => {
    renderInEditor(<Palette />);
    expect(within(screen.getByRole('region', { name: 'Logic' })).getByText('Says a text')).toBeTruthy();
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'shout' } });
    fireEvent.click(screen.getByRole('button', { name: /^Echo/ }));
    expect(stepNow('echo')).toEqual(testEcho({ title: 'Echo' }));
    expect(useEditor.getState().document.edges).toContainEqual({ from: ['send', 'next'], to: 'echo' });
  });

  it('is drawn on the canvas, with its name and in one line what it does', async () => {
    dispatch(addStep('echo', testEcho({ title: 'Shout' }), { after: ['send', 'next'] }));
    renderInEditor(
      <ReactFlowProvider>
        <Canvas />
      </ReactFlowProvider>,
    );
    const drawn = await screen.findByRole('group', { name: 'Echo: Shout. Says hello.' });
    expect(drawn.querySelector('.lucide-megaphone')).toBeTruthy();
  });

  it('is set up in the inspector, where it can be tried by itself', () => {
    dispatch(addStep('echo', testEcho({ title: 'Shout' }), { after: ['send', 'next'] }));
    openStep('echo');
    renderInEditor(<Inspector stepId="echo" />);
    expect(screen.getByText('Says something')).toBeTruthy();
    fireEvent.change(screen.getByLabelText('What it says'), { target: { value: 'good-bye' } });
    expect(stepNow('echo')).toEqual(testEcho({ title: 'Shout', text: { const: 'good-bye' } }));
    expect(screen.getAllByRole('tab').map(({ textContent }) => textContent)).toEqual(['Set up', 'Test', 'Options']);
    fireEvent.click(screen.getByRole('tab', { name: 'Test' }));
    expect(screen.getByRole('button', { name: 'Test this step' })).toBeTruthy();
  });
});
