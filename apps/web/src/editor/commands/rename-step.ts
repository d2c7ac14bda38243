import { i18n } from '../../locales/i18n.ts';
import type { Command } from '../state/command.ts';
import { updateStep } from './update-step.ts';

/** A step's title is free text: nothing refers to it. */
export const renameStep = (stepId: string, title: string): Command =>
  updateStep(stepId, (step) => (step.title === title ? step : { ...step, title }), { label: i18n.t('editor:did.renameStep'), merge: 'title' });
