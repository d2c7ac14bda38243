import type { Json } from '@weft/json-schema';
import type { Evaluate, Value } from '../run.ts';
import type { Environment } from './environment.ts';

/**
 * Reads a path, own properties only. Which segments need a check is known when compiling: those that objects or
 * lists inherit (`constructor`, `length`, `map`), and digits, which go into lists.
 */
export function compilePath(path: readonly string[], environment: Environment): Evaluate {
  const [head = '', ...rest] = path;
  const slot = environment.slotOf(head);
  if (slot !== undefined) return follow((run) => run.items[slot], rest);
  return path.length < 2 ? fromScope(head) : follow(fromBase(path.slice(0, -1), environment), path.slice(-1));
}

/** What a path goes through is read once for a run, however many paths go through it. */
function fromBase(path: readonly string[], environment: Environment): Evaluate {
  const base = environment.baseOf(path, () => compilePath(path, environment));
  return (run) => run.bases[base];
}

function follow(start: Evaluate, segments: readonly string[]): Evaluate {
  if (segments.every(isPlain)) return plain(start, segments);
  const steps = segments.map((segment) => stepInto(segment));
  return (run) => {
    let current = start(run);
    for (const step of steps) current = step(current);
    return current;
  };
}

function fromScope(name: string): Evaluate {
  return isPlain(name) ? (run) => run.scope[name] : (run) => (Object.hasOwn(run.scope, name) ? run.scope[name] : undefined);
}

/** Written out for the usual lengths: a loop over segments costs about twice as much. */
function plain(start: Evaluate, segments: readonly string[]): Evaluate {
  const [a = '', b = '', c = ''] = segments;
  switch (segments.length) {
    case 0:
      return start;
    case 1:
      return (run) => {
        const one = start(run);
        return isContainer(one) ? one[a] : undefined;
      };
    case 2:
      return (run) => {
        const one = start(run);
        const two = isContainer(one) ? one[a] : undefined;
        return isContainer(two) ? two[b] : undefined;
      };
    case 3:
      return (run) => {
        const one = start(run);
        const two = isContainer(one) ? one[a] : undefined;
        const three = isContainer(two) ? two[b] : undefined;
        return isContainer(three) ? three[c] : undefined;
      };
    default: {
      const head = plain(start, segments.slice(0, 3));
      return plain(head, segments.slice(3));
    }
  }
}

/** A list counts: it has no own or inherited property of a plain segment's name. */
function isContainer(value: Value): value is Record<string, Json> {
  return typeof value === 'object' && value !== null;
}

function isPlain(segment: string): boolean {
  return !(segment in Object.prototype) && !(segment in Array.prototype) && !isIndex(segment);
}

function isIndex(segment: string): boolean {
  return /^(?:0|[1-9]\d*)$/.test(segment);
}

function stepInto(segment: string): (value: Value) => Value {
  const index = isIndex(segment) ? Number(segment) : -1;
  return (value) => {
    if (Array.isArray(value)) return value[index];
    return isContainer(value) && Object.hasOwn(value, segment) ? value[segment] : undefined;
  };
}
