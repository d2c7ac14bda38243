import type { Step } from '@weft/flow';
import { i18n } from '../locales/i18n.ts';

/** What a step is called where it is shown: its title, or where that is blank what its kind is called. */
export const shownTitle = ({ title, kind }: Pick<Step, 'title' | 'kind'>): string => (title.trim() === '' ? i18n.t(`step-kinds:${kind}.kind.name`) : title);

/** The title of a step; of one without a title its kind, told apart by its tone. */
export function StepTitle({ step }: { step: Pick<Step, 'title' | 'kind'> }) {
  return step.title.trim() === '' ? <span className="font-normal text-subtle">{shownTitle(step)}</span> : step.title;
}
