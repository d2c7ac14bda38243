import type { Json, JsonSchema } from '@weft/json-schema';
import type { SentenceRef } from '@weft/sentences';
import { rootEnvironment } from './compile/environment.ts';
import { compileRules } from './compile/compile-rules.ts';
import type { MappingDocument, Rule } from './document.ts';
import { MappingFault, type FaultCode } from './fault.ts';
import { patienceMs, Run, type Evaluate, type MappingContext, type Value } from './run.ts';
import { TurnIsOver } from './turn.ts';

/** One rule that could not make its value. */
export interface MappingError {
  ruleId: string;
  /** The zero-based position in each loop around the rule, outermost first. */
  scopeIndexes: number[];
  code: FaultCode;
  /** A sentence for a business user. */
  message: string;
  /** `message`, as what it can be said by in another language. */
  sentence?: SentenceRef;
  /** The values that did not fit. */
  inputs: readonly Json[];
}

export interface MappingResult {
  /** What was made; without the fields of rules that failed. `{}` where there is nothing. */
  output: Json;
  /** At most 100. */
  errors: MappingError[];
  /** What the errors mean by the document's `onError`: nothing (`skipField`), or the end of the record or of the run. */
  outcome: 'done' | 'failRecord' | 'failRun';
}

export interface CompiledMapping {
  /** @throws {TurnIsOver} where the context has a turn that is over; run again, it begins anew. */
  run(scope: Readonly<Record<string, Value>>, context: MappingContext): MappingResult;
}

const maxErrors = 100;

/** A mapping that was too long for a turn is likely to be so again. */
const rememberedMs = 60_000;

/**
 * Compiles a mapping to closures, once for many runs; no code is generated as text.
 * @param target - what it fills, where that is known: whether fields called 0, 1, 2 are items of a list is the target's to say.
 * @throws {MappingDocumentError} for a document that cannot run: an unknown function, a target key that no object can have …
 */
export function compileMapping(document: MappingDocument, target?: JsonSchema): CompiledMapping {
  const onProblem = (problem: Error): never => {
    throw problem;
  };
  const bases: Evaluate[] = [];
  const evaluate = compileRules(document.rules, rootEnvironment(bases, document.tables, target), { onProblem });
  const timezone = document.options?.timezone;
  let careful: Careful | undefined;
  let longUntil = 0;
  const compiled: CompiledMapping = {
    run(scope, context) {
      let run: Run | undefined;
      try {
        run = new Run(scope, context, bases, timezone);
        if (longUntil > 0 && context.turn) run.patienceMs = performance.now() < longUntil ? patienceMs.known : ((longUntil = 0), patienceMs.usual);
        return { output: evaluate(run) ?? {}, errors: [], outcome: 'done' };
      } catch (fault) {
        try {
          if (!(fault instanceof MappingFault)) throw fault;
          // Faults are rare, so only after one are rules run one by one, to find those that fail.
          careful ??= compileCarefully(document, target);
          return careful(scope, context, run?.beganAt);
        } catch (over) {
          if (over instanceof TurnIsOver) {
            if (over.isLong) longUntil = performance.now() + rememberedMs;
            over.of = compiled;
            over.work = { document, target, scope, context };
            over.again = (changed) => compiled.run(scope, changed);
          }
          throw over;
        }
      }
    },
  };
  return compiled;
}

/** @param beganAt - of the run that failed: together they have as much time as one. */
type Careful = (scope: Readonly<Record<string, Value>>, context: MappingContext, beganAt?: number) => MappingResult;

function compileCarefully(document: MappingDocument, target: JsonSchema | undefined): Careful {
  let errors: MappingError[] = [];
  const wrap = (rule: Rule, evaluate: Evaluate, depth: number): Evaluate => (run) => {
    try {
      return evaluate(run);
    } catch (fault) {
      if (!(fault instanceof MappingFault)) throw fault;
      if (errors.length < maxErrors) errors.push(errorOf(fault, rule.id, run.indexes.slice(0, depth)));
      if (fault.isFinal) throw fault;
      return undefined;
    }
  };
  const onProblem = (): void => undefined;
  const bases: Evaluate[] = [];
  const evaluate = compileRules(document.rules, rootEnvironment(bases, document.tables, target), { onProblem, wrap });
  return (scope, context, beganAt = 0) => {
    errors = [];
    const run = new Run(scope, context, bases, document.options?.timezone);
    // What ended by its time has to have some to be found.
    if (context.turn) run.beganAt = beganAt;
    const { output, isEnded } = finish(evaluate, run);
    const policy = document.options?.onError ?? 'failRecord';
    const outcome = policy === 'skipField' ? (isEnded ? 'failRecord' : 'done') : policy;
    return { output, errors: isEnded ? errors.slice(0, 1) : errors, outcome: errors.length > 0 ? outcome : 'done' };
  };
}

function finish(evaluate: Evaluate, run: Run): { output: Json; isEnded: boolean } {
  try {
    return { output: evaluate(run) ?? {}, isEnded: false };
  } catch (fault) {
    if (fault instanceof MappingFault && fault.isFinal) return { output: {}, isEnded: true };
    throw fault;
  }
}

export function errorOf(fault: MappingFault, ruleId: string, scopeIndexes: number[]): MappingError {
  return { ruleId, scopeIndexes, code: fault.code, message: fault.message, sentence: fault.sentence, inputs: fault.inputs };
}
