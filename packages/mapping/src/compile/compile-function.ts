import { MappingDocumentError, MappingFault } from '../fault.ts';
import type { FunctionParameter, MappingFunction } from '../functions/index.ts';
import { readArgument } from '../functions/read-argument.ts';
import type { Evaluate, Run, Value } from '../run.ts';

/** A call of a function, specialised by the number of its arguments. */
export function compileFunction(called: MappingFunction, args: readonly Evaluate[]): Evaluate {
  checkCount(called, args.length);
  const { applyLazily } = called;
  if (applyLazily) return (run) => applyLazily(run, args);
  const readers = args.map((_, index) => readerOf(called, parameterAt(called, index)));
  // The casts are what the readers promise: each argument has the type of its parameter.
  const apply = called.apply as (run: Run, ...args: unknown[]) => Value;
  return called.nulls === 'pass' ? passingNulls(called, apply, args, readers) : takingNulls(apply, args, readers);
}

type Apply = (run: Run, ...args: unknown[]) => Value;
type Reader = ((value: NonNullable<Value>, run: Run) => unknown) | undefined;

function passingNulls(called: MappingFunction, apply: Apply, args: readonly Evaluate[], readers: readonly Reader[]): Evaluate {
  const [a, b] = args;
  const [readA, readB] = readers;
  const isOptional = args.map((_, index) => parameterAt(called, index)?.optional === true);
  if (a && args.length === 1 && !isOptional[0]) {
    return (run) => {
      const one = a(run);
      return one === null || one === undefined ? one : apply(run, readA ? readA(one, run) : one);
    };
  }
  if (a && b && args.length === 2 && !isOptional[0] && !isOptional[1]) {
    return (run) => {
      const one = a(run);
      const two = b(run);
      if (one === undefined || two === undefined) return undefined;
      if (one === null || two === null) return null;
      return apply(run, readA ? readA(one, run) : one, readB ? readB(two, run) : two);
    };
  }
  return (run) => {
    const values: unknown[] = [];
    let isNull = false;
    for (let index = 0; index < args.length; index += 1) {
      const value = args[index]?.(run);
      const isNothing = value === null || value === undefined;
      if (isNothing && !isOptional[index]) {
        if (value === undefined) return undefined;
        isNull = true;
      }
      const read = readers[index];
      values.push(isNothing ? undefined : read ? read(value, run) : value);
    }
    return isNull ? null : apply(run, ...values);
  };
}

function takingNulls(apply: Apply, args: readonly Evaluate[], readers: readonly Reader[]): Evaluate {
  const [a] = args;
  const [readA] = readers;
  if (a && args.length === 1) {
    return (run) => {
      const one = a(run);
      return apply(run, readA && one !== null && one !== undefined ? readA(one, run) : one);
    };
  }
  return (run) =>
    apply(
      run,
      ...args.map((arg, index) => {
        const value = arg(run);
        const read = readers[index];
        return read && value !== null && value !== undefined ? read(value, run) : value;
      }),
    );
}

/** The parameter that an argument fills; the last one may take many. */
export function parameterAt(called: MappingFunction, index: number): FunctionParameter | undefined {
  const own = called.parameters[index];
  if (own) return own;
  const last = called.parameters.at(-1);
  return last?.rest ? last : undefined;
}

function readerOf(called: MappingFunction, parameter: FunctionParameter | undefined): Reader {
  if (!parameter || parameter.type === 'any' || parameter.type === 'table') return undefined;
  const read = readArgument[parameter.type];
  return (value, run) => {
    try {
      return read(value, run);
    } catch (fault) {
      if (!(fault instanceof MappingFault)) throw fault;
      throw new MappingFault(fault.code, `${called.title} › ${parameter.title}: ${fault.message}`, fault.inputs);
    }
  };
}

function checkCount(called: MappingFunction, given: number): void {
  const least = called.parameters.filter(({ optional, rest }) => !optional && !rest).length;
  const most = called.parameters.at(-1)?.rest ? 1000 : called.parameters.length;
  if (given >= least && given <= most) return;
  const wanted = least === most ? String(least) : `${least} to ${most}`;
  throw new MappingDocumentError('wrong_arguments', `${called.title} needs ${wanted} inputs and has ${given}.`);
}
