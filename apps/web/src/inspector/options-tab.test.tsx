// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { effectLimits } from '@weft/flow';
import { afterEach, expect, it } from 'vitest';
import { useEditor } from '../editor/state/index.ts';
import { loadFlow, renderInEditor } from '../mapper/testing/editor-with-flow.tsx';
import { OptionsTab } from './options-tab.tsx';
import { useStep } from './use-step.ts';

function Options() {
  const step = useStep('send');
  return step ? <OptionsTab stepId="send" step={step} /> : null;
}

const stepNow = () => useEditor.getState().document.steps['send'];
const type = (label: string, text: string) => fireEvent.change(screen.getByLabelText(label), { target: { value: text } });

afterEach(cleanup);

it('lets one try take as long as a flow may say, an hour, and no longer', () => {
  loadFlow();
  renderInEditor(<Options />);
  type('Time-out (seconds)', '3600');
  expect(stepNow()).toMatchObject({ timeoutMs: effectLimits.timeoutMs.max });
  type('Time-out (seconds)', '3601');
  expect(stepNow()).toMatchObject({ timeoutMs: effectLimits.timeoutMs.max });
});

it('shows what holds where a step says nothing', () => {
  loadFlow();
  renderInEditor(<Options />);
  expect(screen.getByLabelText('Time-out (seconds)')).toHaveProperty('value', String(effectLimits.timeoutMs.usual / 1000));
  type('Tries', '2');
  expect(stepNow()).toMatchObject({ retry: { attempts: 2, backoff: effectLimits.backoff.usual } });
  expect(screen.getByLabelText('First wait (seconds)')).toHaveProperty('value', String(effectLimits.delayMs.usual / 1000));
});
