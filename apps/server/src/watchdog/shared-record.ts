/**
 * What the event loop leaves in shared memory for the thread that watches it: that it is alive, and the step that it began last. Written at
 * every step of every run, so it takes no more than two short copies.
 */
export interface SharedRecord {
  memory: SharedArrayBuffer;
  /** The event loop had a turn. */
  beat(): void;
  /** A step of a run begins. */
  entering(runId: string, stepKey: string): void;
}

/** As the other side reads it. */
export interface RecordReader {
  /** Another number after every beat. */
  beats(): number;
  /** Undefined before the first step. */
  lastStep(): LastStep | undefined;
}

export interface LastStep {
  runId: string;
  stepKey: string;
}

/** Bytes of each of the two texts; what is longer is cut. */
const maxText = 256;
const beatsAt = 0;
const runLengthAt = 1;
const keyLengthAt = 2;
const numbers = 3 * Int32Array.BYTES_PER_ELEMENT;

export function createSharedRecord(): SharedRecord {
  const memory = new SharedArrayBuffer(numbers + 2 * maxText);
  const counts = new Int32Array(memory, 0, 3);
  const text = Buffer.from(memory, numbers);
  return {
    memory,
    beat: () => void Atomics.add(counts, beatsAt, 1),
    entering(runId, stepKey) {
      counts[runLengthAt] = text.write(runId, 0, maxText);
      counts[keyLengthAt] = text.write(stepKey, maxText, maxText);
    },
  };
}

export function readSharedRecord(memory: SharedArrayBuffer): RecordReader {
  const counts = new Int32Array(memory, 0, 3);
  const text = Buffer.from(memory, numbers);
  const part = (from: number, lengthAt: number) => text.toString('utf8', from, from + (counts[lengthAt] ?? 0));
  return {
    beats: () => Atomics.load(counts, beatsAt),
    lastStep: () => (counts[runLengthAt] === 0 ? undefined : { runId: part(0, runLengthAt), stepKey: part(maxText, keyLengthAt) }),
  };
}
