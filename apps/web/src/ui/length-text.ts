/** A length of time as people say it, exactly: "90 seconds", "2 hours", "3 days". */
export function lengthText(ms: number, language = 'en'): string {
  const { unit, value } = lengthParts(ms);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long', maximumFractionDigits: 3 }).format(value);
}

export type LengthUnit = 'second' | 'minute' | 'hour' | 'day';

export const unitMs: Record<LengthUnit, number> = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** In the largest unit that needs no fraction. */
export function lengthParts(ms: number): { unit: LengthUnit; value: number } {
  const units: LengthUnit[] = ['day', 'hour', 'minute'];
  const unit = units.find((one) => ms > 0 && ms % unitMs[one] === 0) ?? 'second';
  return { unit, value: ms / unitMs[unit] };
}
