import type { FlowTitle } from '@weft/api';
import { i18n } from '../locales/i18n.ts';
import { toast } from '../ui/index.ts';
import { callersText } from './callers-of.tsx';
import './words.ts';

/** Warns where others call a flow that is switched off. */
export function tellCallers(callers: readonly FlowTitle[]): void {
  if (callers.length > 0) toast.warning(callersText(callers, i18n.getFixedT(null, 'flows')));
}
