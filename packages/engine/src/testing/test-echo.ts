import { addTestEcho, type TestEchoStep } from '@weft/flow/testing';
import type { CompiledExpression } from '@weft/mapping';
import type { Executor } from '../execute/executor.ts';
import { goesOn } from '../execute/executor.ts';
import { addExecutor } from '../execute/executors.ts';
import { evaluated } from '../execute/map-record.ts';
import { placeOf } from '../execute/place.ts';
import { done, failed } from '../execute/record.ts';
import { resumedInPlace } from '../execute/resumed.ts';
import { compiledExpression } from '../plan/compiled.ts';

interface TestEchoWork {
  kind: 'testEcho';
  text?: CompiledExpression;
}

/** The engine's half of the kind that only tests have: all that a kind needs is in this object. */
const testEcho: Executor<TestEchoStep, TestEchoWork> = {
  plan: ({ text }) => ({ kind: 'testEcho', text: compiledExpression(text) }),
  execute(moment) {
    const said = moment.work.text ? evaluated(moment.work.text, moment.frame.scope, placeOf(moment)) : { value: '' };
    return 'error' in said ? failed(moment, said.error) : done(moment, { output: { text: said.value ?? '' } });
  },
  resume: resumedInPlace,
  portOfPin: goesOn,
};

/** Registers both halves; the returned function takes them away again. */
export function addEcho(): () => void {
  const removals = [addTestEcho(), addExecutor('testEcho', testEcho)];
  return () => removals.forEach((remove) => remove());
}
