// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import { diffFlows, type FlowDocument, type Problem } from '@weft/flow';
import { flowOf, http, webhook } from '@weft/flow/testing';
import { createInterpretingValidator } from '@weft/json-schema/interpreter';
import { defineSentences } from '@weft/sentences';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { StepProblems } from '../inspector/step-problems.tsx';
import { loadFlow, renderInEditor } from '../mapper/testing/editor-with-flow.tsx';
import { i18n } from './i18n.ts';
import { sentenceOf, sentences } from './sentence-of.ts';

const { say, part } = defineSentences({
  'retry.range': '{{step}} can be tried 1 to {{max}} times.',
  'step.untitled': 'A step without a title',
  'step.nowhere': 'A step that is nowhere',
  items_one: '{{count}} item is left over.',
  items_other: '{{count}} items are left over.',
  'only.english': 'Choose a flow.',
});

/** A language that nobody speaks. */
const invented = {
  'retry.range': 'Bleri {{max}}-o kan {{step}}.',
  'step.untitled': 'unu sentitola',
  items_one: 'Restas unu.',
  items_other: 'Restas {{count}}.',
};

const { language } = i18n;
beforeAll(async () => {
  i18n.addResourceBundle('eo', sentences, invented);
  await i18n.changeLanguage('eo');
});
afterAll(async () => {
  await i18n.changeLanguage(language);
  i18n.removeResourceBundle('eo', sentences);
});
afterEach(cleanup);

describe('what a package says', () => {
  it('is said in the person’s language, with its values', () => {
    expect(sentenceOf(say('retry.range', { step: '“Send”', max: 10 }))).toBe('Bleri 10-o kan “Send”.');
  });

  it('has the forms of that language for one and for several', () => {
    expect([1, 3].map((count) => sentenceOf(say('items', { count })))).toEqual(['Restas unu.', 'Restas 3.']);
  });

  it('says a sentence in a sentence in the same language, and all in English where one of them is missing', () => {
    expect(sentenceOf(say('retry.range', { step: part('step.untitled'), max: 10 }))).toBe('Bleri 10-o kan unu sentitola.');
    expect(sentenceOf(say('retry.range', { step: part('step.nowhere'), max: 10 }))).toBe('A step that is nowhere can be tried 1 to 10 times.');
  });

  it('leaves alone whatever a person typed', () => {
    expect(sentenceOf(say('retry.range', { step: '{{max}} $t(editor:publish)', max: 3 }))).toBe('Bleri 3-o kan {{max}} $t(editor:publish).');
  });

  it('stays as it is where the language has no such sentence, and where it never had a code', () => {
    expect(sentenceOf(say('only.english'))).toBe('Choose a flow.');
    expect(sentenceOf({ message: 'The service says {{no}}.' })).toBe('The service says {{no}}.');
    expect(sentenceOf({ title: 'Do not try again' })).toBe('Do not try again');
  });
});

it('shows a problem and what mends it in the person’s language', () => {
  const untitled = say('retry.range', { step: part('step.untitled'), max: 10 });
  const mend = say('items', { count: 2 });
  const fix = { title: mend.message, sentence: mend.sentence, apply: (flow: FlowDocument) => flow };
  const problem: Problem = { code: 'retry.range', severity: 'error', ...untitled, fixes: [fix] };
  loadFlow();
  renderInEditor(<StepProblems problems={[problem]} hasFields />);
  expect(screen.getByText('Bleri 10-o kan unu sentitola.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Restas 2.' })).toBeTruthy();
});

it('says in one table what changed in a flow, what a schema refuses and what a run warns of', () => {
  i18n.addResourceBundle('eo', sentences, {
    'flow.titled': '„{{title}}“',
    'flow.diff.stepAdded': 'Nova: {{step}}.',
    'schema.type': 'estu {{types}}',
    'schema.type.number': 'nombro',
    'run.warning.drift': 'Alia: {{where}} {{problem}}.',
  });
  const before = flowOf({ trigger: webhook() });
  const { steps } = diffFlows(before, flowOf({ trigger: webhook(), send: http({ title: 'Send' }) }, ['trigger → send']));
  expect(steps.map(sentenceOf)).toEqual(['Nova: „Send“.']);
  const [refused] = createInterpretingValidator().validate({ type: 'number' }, 'two');
  expect(refused && sentenceOf(refused)).toBe('estu nombro');
  // As the engine writes it into a journal, and a run's view reads it from there.
  const warning = {
    message: 'Different from the samples: total must be a number.',
    sentence: { code: 'run.warning.drift', values: { where: 'total', problem: refused!.sentence! } },
  };
  expect(sentenceOf(warning)).toBe('Alia: total estu nombro.');
});
