import type { TriggerState } from '@weft/api';

/** A trigger that does nothing by itself: its flow is switched off. */
export const idle = (kind: TriggerState['kind']): TriggerState => ({
  kind,
  active: false,
  lastAt: null,
  nextAt: null,
  lastItems: null,
  failures: 0,
  error: null,
  since: null,
});

/** @param moment - milliseconds since the epoch. */
export const isoOf = (moment: number | null | undefined): string | null => (moment == null ? null : new Date(moment).toISOString());
