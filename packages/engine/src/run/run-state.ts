import type { Json } from '@weft/json-schema';
import type { Answer, Outcome, RunError, StreamProgress, Wait } from '../journal.ts';
import type { EngineOptions } from '../ports.ts';
import type { Buckets } from '../rate/buckets.ts';
import type { NewRun, RunStore } from '../substrate.ts';
import type { Plan, PlannedStep, WorkOf } from '../plan/plan.ts';
import type { StepKind, Until } from '@weft/flow';
import type { Patience, WorkedOut } from './patience.ts';
import type { Replay } from './replay.ts';
import type { RunWriter } from './run-writer.ts';

/** What is to be known at a run's end: the answer of its first respond step, and more. */
export interface Answered {
  answer?: Answer;
  /** Nothing that a loop went through came to its end: why the run fails once the steps behind it are done. */
  allFailed?: RunError;
}

/** One run while this process works on it. */
export interface RunState {
  run: NewRun;
  plan: Plan;
  writer: RunWriter;
  /** What an earlier process got done; absent for a fresh run. */
  replay?: Replay;
  /** How far an earlier process got with loops over streams, by their step keys. */
  progress?: ReadonlyMap<string, StreamProgress>;
  until?: Until;
  services: Pick<EngineOptions, 'flows' | 'runner' | 'validator' | 'limits' | 'lostOfAnswer' | 'entering'> & {
    substrate: Pick<RunStore, 'deadLettersFor'> & Buckets;
    patience: Patience;
  };
  now: () => number;
  outcomeParts: Answered;
  /** Told when the answer has been committed. */
  answered: (answer: Answer) => void;
}

/** Where in the run a block runs: the flow itself, or one item of a loop. */
export interface Frame {
  /** What paths may start with: outputs of steps, items of loops. */
  scope: Record<string, Json | undefined>;
  /** Before every step's key: `` or `each[3]/`. */
  prefix: string;
  /** The moment that `now` means at the beginning of the block, milliseconds; the same whenever the run is resumed. */
  now: number;
  signal: AbortSignal;
  /** False far into a long loop: pure steps leave no entry there, they can be worked out again. */
  records: boolean;
  /** False once a loop has left more failures behind than anybody reads. */
  recordsFailures: boolean;
  /** A stream cannot be put aside for one of its records: what would park the run waits in memory instead. */
  inStream?: boolean;
}

/** How the steps of a block ended. */
export type BlockEnd =
  /** `skipped`: every way through ended at a filter. */
  | { kind: 'done'; skipped: boolean }
  | { kind: 'failed'; error: RunError; whole?: boolean }
  /** Nothing is left to do but wait. */
  | { kind: 'waiting'; waits: Wait[] }
  /** A stop step ended the whole run. */
  | { kind: 'stopped'; outcome: Pick<Outcome, 'status' | 'error'> };

/** How one step ended. */
export type StepEnd =
  /** `port`: where the run goes on; undefined after a filter that said no. */
  | { kind: 'went'; port: string | undefined; output: Json | undefined; at: number }
  /** The run goes on here once one of these has ended; other ways through go on meanwhile. */
  | { kind: 'waits'; waits: Wait[] }
  | { kind: 'failed'; error: RunError; whole?: boolean }
  | { kind: 'stopped'; outcome: Pick<Outcome, 'status' | 'error'> };

/** One step at one place of one run, as its executor sees it. */
export interface MomentOf<W> {
  state: RunState;
  frame: Frame;
  step: PlannedStep;
  work: W;
  stepKey: string;
  /** What `now` means in this step, milliseconds: when what leads to it was done. */
  now: number;
  /** What its mapping and its expressions give, those that were too long for the turn that the step began in. */
  later?: WorkedOut;
}

export type Moment<K extends StepKind = StepKind> = MomentOf<WorkOf<K>>;
