import { triggerSettings } from '@weft/connector-sdk';
import { triggerOf } from '@weft/flow';
import { useEditor } from '../editor/state/index.ts';

/** The time zone of the flow's schedule; undefined where it is the reader's own, and for other triggers. */
export function useScheduleZone(): string | undefined {
  const zone = useEditor(({ document, catalogue }) => {
    const step = triggerOf(document)?.step;
    const operation = step && catalogue.operation(step.use);
    return operation && triggerSettings(operation, step.config)['timezone'];
  });
  return typeof zone === 'string' && zone !== ownZone() && isZone(zone) ? zone : undefined;
}

export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

const isZone = (zone: string): boolean => Intl.supportedValuesOf('timeZone').includes(zone);
