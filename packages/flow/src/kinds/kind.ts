import type { JsonSchema } from '@weft/json-schema';
import { object, type Read, type Shape } from '@weft/json-schema/read';
import type { Said } from '@weft/sentences';
import type { Catalogue } from '../catalogue.ts';
import type { Repeat } from '../effects/repeat-of.ts';
import type { Port } from '../graph/port.ts';
import type { Check } from '../problems/check.ts';
import type { Problem } from '../problem.ts';
import type { FlowView, StepSample } from '../schemas/flow-view.ts';
import { baseShape } from './base-shape.ts';
import type { Part } from './part.ts';
import type { StepBase } from './step-base.ts';

/** A step of some kind; `Step` is the union of those that the product has. */
export type AnyStep = StepBase & { kind: string };

/**
 * All that flows know of one kind of step: reading, drawing, checking and changing flows goes through these and through nothing else.
 * What it does when it runs is the engine's `execute/<kind>.ts`, how it is set up the web’s `step-kinds/<kind>`.
 */
export interface KindDeclaration<S extends AnyStep> {
  /** How its own keys are read from an untrusted document; those of every step are added. */
  shape: Shape<Omit<S, keyof StepBase | 'kind'>>;
  /** Where it goes on, in the order they are drawn. The error port of a kind that may fail is added. */
  ports: (step: S) => Port[];
  /** True where `next` is always among the ports, so that a chain goes on after it without a choice. */
  goesOnByItself: boolean;
  /** Everything in it that others have to do with. What is missing here is not renamed, not checked, and not unbound when a flow is adopted. */
  parts: (step: S) => Part[];
  /**
   * What its mapping fills, as it is declared; `schemas.input` of the step describes the open parts. `anything`: the step alone says
   * what is filled. Undefined while nothing is known: then the mapping is not checked.
   */
  target?: (step: S, catalogue: Catalogue) => JsonSchema | undefined;
  /** What it gives to those after it, `{}` where nothing is known. A kind without gives nothing, and nothing reads it. */
  output?: (step: S, view: FlowView, stepId: string) => JsonSchema;
  /** What it would give, worked out from others' samples. Without it, or where it gives undefined, an example is made up from `output`. */
  sample?: (step: S, view: FlowView, stepId: string) => StepSample | undefined;
  /** What a person should mend, beside what is checked of all steps and of their parts. */
  problems?: (step: S, check: Check, stepId: string) => Problem[];
  /** What it means outside to do it once more. A kind without calls nothing. */
  repeat?: (step: S, catalogue: Catalogue) => Repeat;
  /** True where the step says with `onError` what happens when it fails. */
  mayFail: boolean;
  /** Whether it may be inside a loop over a stream; else why not, as a sentence with what to do instead. */
  inStream: true | ((step: S) => Said | undefined);
  /** True where it can be tried by itself on samples, without the steps around it. */
  runsAlone: boolean;
}

/** A declaration made ready. */
export interface Kind<S extends AnyStep> extends KindDeclaration<S> {
  /** Reads an untrusted value as a step of this kind, `kind` itself left out. */
  read: Read<Omit<S, 'kind'>>;
}

export function defineKind<S extends AnyStep>(declaration: KindDeclaration<S>): Kind<S> {
  // The two halves are all keys of S but `kind`; TypeScript does not put a generic Omit together again.
  const shape = { ...baseShape, ...declaration.shape } as unknown as Shape<Omit<S, 'kind'>>;
  return { ...declaration, read: object<Omit<S, 'kind'>>(shape) };
}

/** A target that only the step itself describes. */
export const anything: JsonSchema = { 'x-open': true };
