import { MappingDocumentError, MappingFault } from '../fault.ts';
import type { FunctionParameter, MappingFunction, ValueKind } from '../functions/index.ts';
import { readArgument } from '../functions/read-argument.ts';
import { parameterTitle, titleOf } from '../functions/titles.ts';
import type { Evaluate, Run, Value } from '../run.ts';
import { say } from '../sentences.en.ts';

/** A call of a function, specialised by the number of its arguments. */
export function compileFunction(called: MappingFunction, args: readonly Evaluate[]): Evaluate {
  checkCount(called, args.length);
  const { applyLazily } = called;
  if (applyLazily) return (run) => applyLazily(run, args);
  const readers = args.map((_, index) => readerOf(called, parameterAt(called, index)));
  // The casts are what the readers promise: each argument has the type of its parameter.
  const apply = called.apply as Apply;
  return called.nulls === 'pass' ? passingNulls(called, apply, args, readers) : takingNulls(apply, args, readers);
}

type Apply = (run: Run, ...args: unknown[]) => Value;

interface Reader {
  /** What `typeof` says of values that need no reading. */
  type: string | undefined;
  /** Undefined where every value will do. */
  read: ((value: NonNullable<Value>, run: Run) => unknown) | undefined;
}

function passingNulls(called: MappingFunction, apply: Apply, args: readonly Evaluate[], readers: readonly Reader[]): Evaluate {
  const [a, b] = args;
  const [readA, readB] = readers;
  const isOptional = args.map((_, index) => parameterAt(called, index)?.optional === true);
  if (a && readA && args.length === 1 && !isOptional[0]) {
    const { type, read } = readA;
    return (run) => {
      const one = a(run);
      if (one === null || one === undefined) return one;
      return apply(run, !read || typeof one === type ? one : read(one, run));
    };
  }
  if (a && b && readA && readB && args.length === 2 && !isOptional[0] && !isOptional[1]) {
    // The cast is the same as that of `apply`.
    const applyTwo = (called.applyTwo as Apply | undefined) ?? apply;
    if (!readA.read && !readB.read) return bothAsTheyAre(applyTwo, a, b);
    return (run) => {
      const one = a(run);
      const two = b(run);
      if (one === undefined || two === undefined) return undefined;
      if (one === null || two === null) return null;
      return applyTwo(run, readIf(readA, one, run), readIf(readB, two, run));
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
      values.push(isNothing ? undefined : readIf(readers[index], value, run));
    }
    return isNull ? null : apply(run, ...values);
  };
}

function bothAsTheyAre(apply: Apply, a: Evaluate, b: Evaluate): Evaluate {
  return (run) => {
    const one = a(run);
    const two = b(run);
    if (one === undefined || two === undefined) return undefined;
    return one === null || two === null ? null : apply(run, one, two);
  };
}

function readIf(reader: Reader | undefined, value: NonNullable<Value>, run: Run): unknown {
  return reader?.read && typeof value !== reader.type ? reader.read(value, run) : value;
}

function takingNulls(apply: Apply, args: readonly Evaluate[], readers: readonly Reader[]): Evaluate {
  const readAt = (index: number, run: Run): unknown => {
    const value = args[index]?.(run);
    return value === null || value === undefined ? value : readIf(readers[index], value, run);
  };
  if (args.length === 1) return (run) => apply(run, readAt(0, run));
  if (args.length === 2) return (run) => apply(run, readAt(0, run), readAt(1, run));
  if (args.length === 3) return (run) => apply(run, readAt(0, run), readAt(1, run), readAt(2, run));
  return (run) => apply(run, ...args.map((_, index) => readAt(index, run)));
}

/** The parameter that an argument fills; the last one may take many. */
export function parameterAt(called: MappingFunction, index: number): FunctionParameter | undefined {
  const own = called.parameters[index];
  if (own) return own;
  const last = called.parameters.at(-1);
  return last?.rest ? last : undefined;
}

/** What `typeof` says of values that need no reading. */
const plainTypes: Partial<Record<ValueKind, string>> = { text: 'string', number: 'number', boolean: 'boolean' };

function readerOf(called: MappingFunction, parameter: FunctionParameter | undefined): Reader {
  const kind = parameter?.type ?? 'any';
  if (kind === 'any' || kind === 'table') return { type: undefined, read: undefined };
  const reads = readArgument[kind];
  const read = (value: NonNullable<Value>, run: Run): unknown => {
    try {
      return reads(value, run);
    } catch (fault) {
      if (!(fault instanceof MappingFault)) throw fault;
      const place = { function: titleOf(called), parameter: parameter ? parameterTitle(called, parameter) : '' };
      throw new MappingFault(fault.code, say('mapping.inArgument', { ...place, why: fault }), fault.inputs);
    }
  };
  return { type: plainTypes[kind], read };
}

const maxInputs = 1000;

function checkCount(called: MappingFunction, given: number): void {
  const min = called.parameters.filter(({ optional, rest }) => !optional && !rest).length;
  const max = called.parameters.at(-1)?.rest ? maxInputs : called.parameters.length;
  if (given >= min && given <= max) return;
  const wanted = min === max ? min : say('mapping.cannot.inputsBetween', { min, max });
  throw new MappingDocumentError('wrong_arguments', say('mapping.cannot.inputs', { function: titleOf(called), wanted, given }));
}
