import { emptyFlow, type FlowDocument } from '@weft/flow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyHistory, maxUndoSteps, perform, stepBack, stepForward } from './history.ts';
import type { Command } from './command.ts';

const retitle = (title: string, merge?: string): Command => ({
  label: 'Rename flow',
  merge,
  apply: (flow) => ({ ...flow, title }),
});

const start = (document: FlowDocument = emptyFlow('A')) => ({ document, history: emptyHistory });
const after = (...commands: Command[]) => commands.reduce(perform, start());

describe('history', () => {
  it('takes a change back and does it again', () => {
    const changed = after(retitle('B'));
    const undone = stepBack(changed);
    expect(undone.document.title).toBe('A');
    expect(stepForward(undone).document.title).toBe('B');
  });

  it('keeps one step of undo for consecutive commands with the same key', () => {
    const typed = after(retitle('B'), retitle('C', 'title'), retitle('Ca', 'title'), retitle('Cat', 'title'));
    expect(typed.history.past).toHaveLength(2);
    expect(stepBack(typed).document.title).toBe('B');
  });

  it('begins a new step of undo when another command came between', () => {
    const typed = after(retitle('C', 'title'), retitle('B'), retitle('D', 'title'));
    expect(stepBack(typed).document.title).toBe('B');
  });

  it('begins a new step of undo after an undo, however alike the command', () => {
    const typed = perform(stepBack(after(retitle('B', 'title'), retitle('X'))), retitle('C', 'title'));
    expect(stepBack(typed).document.title).toBe('B');
  });

  it('forgets what was undone once something new is done', () => {
    const moment = perform(stepBack(after(retitle('B'))), retitle('C'));
    expect(stepForward(moment).document.title).toBe('C');
  });

  it('does not record a command that changes nothing', () => {
    const moment = perform(start(), { label: 'Nothing', apply: (flow) => flow });
    expect(moment.history.past).toHaveLength(0);
  });

  it('keeps a limited number of steps', () => {
    const many = Array.from({ length: maxUndoSteps + 20 }, (_, index) => retitle(`${index}`));
    expect(after(...many).history.past).toHaveLength(maxUndoSteps);
  });

  it('comes back to the very same document after undoing everything, and forward again', () => {
    const command = fc.record({ title: fc.string(), merge: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const first = start();
        let moment = commands.reduce((at, { title, merge }) => perform(at, retitle(title, merge)), first);
        const last = moment.document;
        while (moment.history.past.length > 0) moment = stepBack(moment);
        expect(moment.document).toBe(first.document);
        while (moment.history.future.length > 0) moment = stepForward(moment);
        expect(moment.document).toBe(last);
      }),
    );
  });
});
