import * as flows from '@weft/flow';
import type { Step } from '@weft/flow';
import type { FieldName } from '@weft/mapping';
import type { Command } from '../state/command.ts';
import { updateStep } from './update-step.ts';

/** A field that a person describes has another name: its lines go along, and whatever reads it where the step gives it. */
export const renameField = (stepId: string, describe: (step: Step) => Step, field: FieldName, label: string): Command => ({
  label,
  apply: (flow) => flows.renameField(updateStep(stepId, describe).apply(flow), stepId, field),
});
