import { containersOf, loopKeysOf, repeatOfStep, stepIdOf, stepOf, stepOrder, type Catalogue, type FlowDocument, type Repeat, type Step } from '@weft/flow';
import type { Said, SentenceRef } from '@weft/sentences';
import type { JournalEntry, StreamProgress } from '../journal.ts';
import { say } from '../sentences.en.ts';
import { changedSteps, type StepChange } from './changed-steps.ts';
import { fatesOf, isSettledFate, type Fate } from './fates.ts';
import { scopeOfReplay, type ReplayScope } from './replay-scope.ts';

export interface ReplayRequest {
  /** The document the run was made with, and the one it is replayed on; may be the same. */
  before: FlowDocument;
  after: FlowDocument;
  /** The run's journal. */
  entries: readonly JournalEntry[];
  /** How far its loops over streams had come. */
  progress?: readonly StreamProgress[];
  /** A step's id: that step wherever it ran. With a loop path, `each[3]/stock`: there, and wherever an item of that loop had failed. */
  from: string;
  catalogue: Catalogue;
}

/** What a replay keeps and what it does again. */
export interface ReplayPlan {
  /** What the new run's journal begins with. */
  entries: JournalEntry[];
  /** Where it begins: the step asked for, or the earliest one before it whose result does not fit any more. */
  from: string;
  /** Steps, in running order, that are done again although they were not asked for: they are new, or behave differently now. */
  changed: string[];
  /** Steps that call something outside, in running order: all that the replay may perform. */
  effects: ReplayEffect[];
  /** Loops over streams that had begun and go through their source again from its first record: there is nothing to go on from. */
  anew: { stepId: string; title: string; read: number }[];
}

export interface ReplayEffect {
  stepId: string;
  title: string;
  repeat: Repeat;
  /** At how many places it has been done, and would be done again. */
  done: number;
  /** At how many places it was begun and failed, or its outcome is not known. */
  tried: number;
  /** Inside a loop of `anew`: it was done for an unknown number of records, and would be done again. */
  perRecord?: true;
  /** There it fills a file, which a replay begins anew and a replay of dead letters adds to. */
  fillsFile?: true;
}

/** Why a run cannot be replayed from there. */
export interface NoReplay {
  refused: string;
  sentence: SentenceRef;
}

/**
 * Works out a replay: entries are kept where a step is neither the chosen one, nor after it, nor changed, nor after a changed
 * one, and was not ended by a failure. What is kept is complete: no step is kept while one before it is not, so resuming does
 * the rest.
 */
export function planReplay(request: ReplayRequest): ReplayPlan | NoReplay {
  const { before, after, entries } = request;
  const begin = beginning(request, before === after ? new Map() : changedSteps(before, after, entries));
  if ('refused' in begin) return begin;
  const scope = scopeOfReplay({ flow: after, ...begin, entries });
  const fates = fatesOf(entries);
  const kept = new Set([...fates].filter(([stepKey, fate]) => isSettledFate(fate) && isKept(scope, after, stepKey)).map(([stepKey]) => stepKey));
  const order = stepOrder(after);
  const changed = order.filter((stepId) => begin.changed.has(stepId));
  const [earliest] = changed;
  const anew = order.flatMap((stepId) => {
    const read = streamsRead(request, stepId, kept);
    return read > 0 ? [{ stepId, title: stepOf(after, stepId)?.title ?? stepId, read }] : [];
  });
  return {
    entries: entries.filter(({ stepKey }) => kept.has(stepKey)),
    from: earliest !== undefined && order.indexOf(earliest) < order.indexOf(stepIdOf(begin.from)) ? earliest : begin.from,
    changed,
    effects: effectsOf(request, scope, [...fates].filter(([stepKey]) => !kept.has(stepKey))).map((effect) => {
      const isReadAnew = containersOf(after, effect.stepId).some((loop) => anew.some(({ stepId }) => stepId === loop));
      return isReadAnew ? perRecord(request, effect) : effect;
    }),
    anew,
  };
}

/** In a stream that begins anew the effects of single records are unknown: they happen again for all records. */
function perRecord(request: ReplayRequest, effect: ReplayEffect): ReplayEffect {
  return { ...effect, done: 0, tried: 0, perRecord: true, ...(fillsFile(request, effect.stepId) && { fillsFile: true as const }) };
}

/** Of the source of this loop, at all the places whose result is not kept. */
function streamsRead({ progress = [] }: ReplayRequest, stepId: string, kept: ReadonlySet<string>): number {
  return progress.reduce((sum, one) => (stepIdOf(one.stepKey) === stepId && !kept.has(one.stepKey) ? sum + one.read : sum), 0);
}

/** Where it really begins, and which changed steps matter: those that the choice does not do again anyway. */
function beginning({ before, after, from }: ReplayRequest, changes: ReadonlyMap<string, StepChange>): { from: string; changed: Set<string> } | NoReplay {
  const chosen = stepIdOf(from);
  if (!stepOf(after, chosen)) {
    if (!stepOf(before, chosen)) return refuse(say('run.replay.noStep'));
    const first = stepOrder(after).find((stepId) => changes.has(stepId));
    if (first === undefined) return refuse(say('run.replay.stepGone'));
    return { from: first, changed: new Set([...changes.keys()].filter((stepId) => stepId !== first)) };
  }
  const around = containersOf(after, chosen);
  // A loop over other items, or over a stream that is read anew, has no item to go on from.
  const whole = around.findLast((loop) => changes.get(loop) === 'items' || isStream(stepOf(after, loop)));
  const start = whole ?? from;
  const asked = scopeOfReplay({ flow: after, from: start, changed: new Set(), entries: [] });
  const changed = [...changes.keys()].filter((stepId) => !asked.mayRun(stepId) && !around.includes(stepId));
  return { from: start, changed: new Set(changed) };
}

const refuse = ({ message, sentence }: Said): NoReplay => ({ refused: message, sentence });

const isStream = (step: Step | undefined): boolean => step?.kind === 'forEach' && 'source' in step && step.source !== undefined;

function isKept(scope: ReplayScope, flow: FlowDocument, stepKey: string): boolean {
  const path = [...loopKeysOf(stepKey), stepKey];
  return !scope.isReopened(stepKey) && path.every((key) => stepOf(flow, stepIdOf(key)) && !scope.isAgain(key));
}

function effectsOf(
  { after, entries, catalogue }: ReplayRequest,
  scope: ReplayScope,
  dropped: readonly (readonly [stepKey: string, fate: Fate])[],
): ReplayEffect[] {
  // A wait for its turn is no call.
  const called = new Set(entries.filter(({ kind, wait }) => kind === 'started' && !wait?.rate).map(({ stepKey }) => stepKey));
  const counts = new Map<string, { done: number; tried: number }>();
  for (const [stepKey, fate] of dropped) {
    if (!called.has(stepKey)) continue;
    const { done, tried } = counts.get(stepIdOf(stepKey)) ?? { done: 0, tried: 0 };
    counts.set(stepIdOf(stepKey), fate === 'done' ? { done: done + 1, tried } : { done, tried: tried + 1 });
  }
  const failed = new Set(dropped.map(([stepKey]) => stepIdOf(stepKey)));
  return stepOrder(after).flatMap((stepId): ReplayEffect[] => {
    const step = stepOf(after, stepId);
    const repeat = step && repeatOfStep(step, catalogue);
    if (!repeat || !(failed.has(stepId) || scope.mayRun(stepId))) return [];
    return [{ stepId, title: step.title, repeat, ...(counts.get(stepId) ?? { done: 0, tried: 0 }) }];
  });
}

/** A sink whose single calls the host itself tells apart by their keys writes to a place of the host's: a file. In a stream it keeps no keys. */
function fillsFile({ after, catalogue }: ReplayRequest, stepId: string): boolean {
  const step = stepOf(after, stepId);
  const operation = step?.kind === 'action' ? catalogue.operation(step.use) : undefined;
  return operation?.stream?.role === 'sink' && operation.idempotency?.kind === 'key';
}
