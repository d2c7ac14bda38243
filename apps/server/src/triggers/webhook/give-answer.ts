import type { ServerResponse } from 'node:http';
import type { Alongside, Answer, Engine, NewRun, QueueReason } from '@weft/engine';
import type { Hook } from './hook-index.ts';
import { sendAnswer, sendJson } from './outgoing-answer.ts';

export interface AnswerParts {
  response: ServerResponse;
  engine: Pick<Engine, 'start' | 'stored'>;
  hook: Pick<Hook, 'respond'>;
  run: NewRun;
  /** A caller waits so long for the flow's answer, then gets the run's id. */
  deadlineMs: number;
  /** What belongs to the commit that starts the run. Default nothing. */
  alongside?: Alongside;
}

/** Starts the run and answers its caller: at once with the run's id, or with what the flow gives. Nothing is said before the run is stored. */
export async function giveAnswer({ response, engine, hook, run, deadlineMs, alongside }: AnswerParts): Promise<void> {
  if (hook.respond === 'immediately') {
    const { runId, created } = await engine.start(run, { alongside });
    sendJson(response, 202, created ? { runId } : { runId, duplicate: true });
    return;
  }
  // A repeated event gets the same answer while the first one is in flight, and the run's id afterwards.
  const { runId, answer, waits } = await engine.start(run, { lease: true, alongside });
  // It begins when a person says so, which is later than anybody waits on a line.
  if (waits && heldByPeople.has(waits.kind)) {
    sendJson(response, 202, { runId });
    return;
  }
  const given = await inTime(answer, deadlineMs);
  if (given) {
    sendAnswer(response, given);
    return;
  }
  // Or it has ended meanwhile, well or not.
  const late = await Promise.race([answer, engine.stored(runId)]);
  if (late) sendAnswer(response, late);
  else sendJson(response, 202, { runId });
}

const heldByPeople = new Set<QueueReason['kind']>(['paused', 'connector', 'draining']);

function inTime(answer: Promise<Answer>, deadlineMs: number): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(undefined), deadlineMs);
    answer.then(
      (given) => {
        clearTimeout(timer);
        resolve(given);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });
}
