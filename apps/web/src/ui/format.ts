/** Numbers and times as people read them. Pure; the language arrives as an argument. */

/** "3 minutes ago". */
export function formatRelative(at: string, now: number, language = 'en'): string {
  const seconds = Math.round((Date.parse(at) - now) / 1000);
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  const size = Math.abs(seconds);
  if (size < 45) return format.format(0, 'second');
  if (size < 45 * 60) return format.format(Math.round(seconds / 60), 'minute');
  if (size < 22 * 3600) return format.format(Math.round(seconds / 3600), 'hour');
  if (size < 26 * 86_400) return format.format(Math.round(seconds / 86_400), 'day');
  if (size < 320 * 86_400) return format.format(Math.round(seconds / (30.44 * 86_400)), 'month');
  return format.format(Math.round(seconds / (365.25 * 86_400)), 'year');
}

/** "12 Mar 2026, 14:05:33". @param timeZone - default the reader's own. */
export function formatDateTime(at: string | number, language = 'en', timeZone?: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium', timeZone }).format(new Date(at));
}

/** "12 Mar, 14:05". */
export function formatShortTime(at: string | number, language = 'en'): string {
  return new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** "14:05:33" on the day of `now`; "12 Mar, 14:05:33" on another day of its year, with the year before that. */
export function formatClock(at: string, now: number, language = 'en'): string {
  const then = new Date(at);
  const today = new Date(now);
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const;
  const isToday = then.toDateString() === today.toDateString();
  const day = isToday ? {} : ({ day: 'numeric', month: 'short', ...(then.getFullYear() !== today.getFullYear() && { year: 'numeric' }) } as const);
  return new Intl.DateTimeFormat(language, { ...day, ...time }).format(then);
}

/** "420 ms", "3.2 s", "4 min 10 s", "2 h 5 min". */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.floor((ms % 60_000) / 1000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** "812 bytes", "4.1 kB", "12 MB": powers of 1,000, as on a disk's label. */
export function formatBytes(bytes: number, language = 'en'): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    maximumFractionDigits: power > 0 && value < 10 ? 1 : 0,
  }).format(value);
}
