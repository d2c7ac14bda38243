import { may } from '@weft/json-schema/read';
import { readExpression, type Expression } from '@weft/mapping';
import { defineSentences } from '@weft/sentences';
import type { OperationUse, Step } from '../document.ts';
import { ports } from '../graph/port.ts';
import { operationShape } from '../kinds/base-shape.ts';
import { addKind } from '../kinds/kind-of.ts';
import { defineKind } from '../kinds/kind.ts';
import type { StepBase } from '../kinds/step-base.ts';
import { valueOf } from '../schemas/scope.ts';

/** A kind of step that only tests have: it says a text, and may use an operation. Its output is `{ text }`. */
export interface TestEchoStep extends StepBase, Partial<OperationUse> {
  kind: 'testEcho';
  /** What it says. */
  text?: Expression;
}

const { say } = defineSentences({
  'testEcho.text': '“{{step}}” has nothing to say: give it a text.',
  'testEcho.stream': '“{{step}}” is too slow for a stream: move it out of the loop.',
});

export const testEchoKind = defineKind<TestEchoStep>({
  shape: { text: may(readExpression), use: may(operationShape.use.read), config: operationShape.config, connection: operationShape.connection },
  ports: () => [ports.next],
  goesOnByItself: true,
  parts: ({ text, use, config, connection }) => [
    { path: ['text'], expression: text, expect: { type: 'string' } },
    ...(use ? [{ path: [], operation: { use, config, connection }, role: 'action' as const }] : []),
  ],
  output: () => ({ type: 'object', properties: { text: { type: 'string' } }, required: ['text'] }),
  sample({ text }, view, stepId) {
    const value = text && valueOf(text, view.sources(stepId));
    return value === undefined ? undefined : { value: { text: value }, real: false };
  },
  problems: ({ title, text }, _check, stepId) =>
    (text ? [] : [{ code: 'testEcho.text', severity: 'error', stepId, path: ['text'], ...say('testEcho.text', { step: title }) }]),
  mayFail: false,
  inStream: ({ title }) => say('testEcho.stream', { step: title }),
  runsAlone: true,
});

/** Registers the kind; the returned function takes it away again. */
export const addTestEcho = (): (() => void) => addKind('testEcho', testEchoKind);

/** A step of this kind. The product's union of kinds stays closed, so for its types the step passes as one of them; whatever reads it goes by its kind. */
export const testEcho = (changes: Partial<TestEchoStep> = {}): Step =>
  ({ kind: 'testEcho', title: 'Echo', text: { const: 'hello' }, ...changes }) as unknown as Step;
