import type { Block, PlannedStep } from '../plan/plan.ts';

/** One step of a stream, by its place in the block. */
export interface StageStep {
  at: number;
  step: PlannedStep;
}

/**
 * A part of the inside of a loop over a stream that is done for a whole batch before the next part begins.
 * - `plain`: works things out only; record by record in a plain loop.
 * - `calls`: has operations that take one record; record by record, some at once where the loop says so.
 * - `sink`: one operation that takes the whole batch.
 */
export type Stage = { kind: 'plain'; steps: StageStep[] } | { kind: 'calls'; steps: StageStep[] } | { kind: 'sink'; sink: StageStep };

/** Splits a block into as few stages as its order allows: steps that need no sink come before the sinks. */
export function stagesOf(block: Block): Stage[] {
  const stages: Stage[] = [];
  const waitsFor = [...block.incoming];
  let ready = block.steps.map((_, at) => at).filter((at) => waitsFor[at] === 0);
  while (ready.length > 0) {
    const ordinary: StageStep[] = [];
    const sinks: number[] = [];
    for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
      const step = block.steps[next]!;
      if (stageOf(step) === 'sink') {
        sinks.push(next);
        continue;
      }
      ordinary.push({ at: next, step });
      ready.push(...followers(step, waitsFor));
    }
    stages.push(...ordinaryStages(ordinary));
    for (const at of sinks) {
      const step = block.steps[at]!;
      stages.push({ kind: 'sink', sink: { at, step } });
      ready.push(...followers(step, waitsFor));
    }
  }
  return stages;
}

/** Steps that have nothing left to wait for once this one is done. */
function followers({ next }: PlannedStep, waitsFor: number[]): number[] {
  return [...next.values()].flat().filter((at) => (waitsFor[at]! -= 1) === 0);
}

/** What comes before the first call can be worked out in a plain loop, where most records may be filtered out already. */
function ordinaryStages(steps: StageStep[]): Stage[] {
  const firstCall = steps.findIndex(({ step }) => stageOf(step) === 'calls');
  const plain = firstCall === -1 ? steps : steps.slice(0, firstCall);
  const rest = firstCall === -1 ? [] : steps.slice(firstCall);
  return [
    ...(plain.length > 0 ? [{ kind: 'plain', steps: plain } satisfies Stage] : []),
    ...(rest.length > 0 ? [{ kind: 'calls', steps: rest } satisfies Stage] : []),
  ];
}

/** A step that cannot be made ready fails at once, wherever it stands. */
export const stageOf = ({ work, executor }: PlannedStep): Stage['kind'] => (work.kind === 'broken' ? 'plain' : (executor.stageOf?.(work) ?? 'plain'));

/** What is left of the stages when only some steps are wanted. */
export function stagesWith(stages: readonly Stage[], isWanted: (stepId: string) => boolean): Stage[] {
  return stages.flatMap((stage): Stage[] => {
    if (stage.kind === 'sink') return isWanted(stage.sink.step.id) ? [stage] : [];
    const steps = stage.steps.filter(({ step }) => isWanted(step.id));
    return steps.length > 0 ? [{ ...stage, steps }] : [];
  });
}
