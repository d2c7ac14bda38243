import { Cron } from 'croner';
import cronstrue from 'cronstrue';

/**
 * A cron expression as people say it: `0 7 * * 1-5` → "At 07:00, Monday through Friday".
 * @throws {RangeError} with a sentence when the expression is not understood.
 */
export function words(cron: string): string {
  // croner decides what is valid, since it decides when the flow runs; cronstrue only words it.
  parse(cron, 'UTC');
  return cronstrue.toString(cron.trim(), { use24HourTimeFormat: true, verbose: false });
}

/**
 * The next times after `from`, which itself is never among them.
 *
 * Daylight saving: a time that a day does not have moves to the first moment after the gap, a time that a day has twice
 * is taken once; `*` in minutes or hours goes on by the clock on the wall.
 *
 * @param timezone - an IANA name, `Europe/Berlin`.
 * @returns fewer than `count` (maybe none) when the expression ends, as `0 0 30 2 *` does.
 * @throws {RangeError} with a sentence when the expression or the time zone is not understood.
 */
export function nextTimes(cron: string, timezone: string, from: Date, count: number): Date[] {
  return parse(cron, timezone).nextRuns(count, from);
}

function parse(cron: string, timezone: string): Cron {
  if (!isTimezone(timezone)) throw new RangeError(`"${timezone}" is not a time zone. Write it like Europe/Berlin or UTC.`);
  const expression = cron.trim();
  if (expression.split(/\s+/).length !== 5) {
    throw new RangeError('A schedule has five parts: minute, hour, day of the month, month, day of the week. "0 7 * * 1-5" is 07:00 on working days.');
  }
  try {
    return new Cron(expression, { timezone, mode: '5-part', paused: true });
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^CronPattern:\s*/, '') : String(error);
    throw new RangeError(`"${expression}" is not a schedule: ${why}`, { cause: error });
  }
}

export function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
