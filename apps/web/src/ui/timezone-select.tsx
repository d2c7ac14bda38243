import { useMemo, useState } from 'react';
import type { FieldFrame } from './field.tsx';
import { SearchSelect } from './search-select.tsx';

const listed = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
/** The reader's own first: it is asked for most. */
const zones = [own, ...listed.filter((zone) => zone !== own)];

interface TimezoneSelectProps extends FieldFrame {
  value: string;
  onChange: (zone: string) => void;
  disabled?: boolean;
  invalid?: boolean;
}

/**
 * A time zone by its IANA name, found by any part of it: "new york", "Madrid", "+5:30". Names that are not listed but hold (US/Eastern) are
 * found when they are typed.
 */
export function TimezoneSelect({ value, onChange, ...frame }: TimezoneSelectProps) {
  const [typed, setTyped] = useState('');
  const options = useMemo(() => found(typed).map((zone) => ({ value: zone, label: zone, description: offsetOf(zone) })), [typed]);
  return <SearchSelect {...frame} value={value} chosenLabel={value} onChange={onChange} options={options} onSearch={setTyped} />;
}

function found(typed: string): string[] {
  const wanted = plain(typed);
  const fitting = zones.filter((zone) => plain(zone).includes(wanted) || (/^[+-]\d/.test(wanted) && offsetOf(zone)?.includes(wanted)));
  const name = typed.trim().replaceAll(/\s+/g, '_');
  return fitting.length === 0 && name.includes('/') && offsetOf(name) !== undefined ? [name] : fitting;
}

const plain = (text: string): string => text.trim().toLowerCase().replaceAll(/[\s_]+/g, ' ');

const offsets = new Map<string, string | undefined>();

/** How far its clocks are from UTC at present, `GMT+5:30`; undefined where there is no such zone. */
function offsetOf(zone: string): string | undefined {
  if (!offsets.has(zone)) offsets.set(zone, readOffset(zone));
  return offsets.get(zone);
}

function readOffset(timeZone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'shortOffset' }).formatToParts().find(({ type }) => type === 'timeZoneName')?.value;
  } catch (refused) {
    if (refused instanceof RangeError) return undefined;
    throw refused;
  }
}
