import { Cron } from 'croner';
import { isTimezone } from '@weft/json-schema';
import { clockAt, instantAfter, utcOf } from '@weft/mapping';
import { isInEveryHour, readCron } from './cron-fields.ts';
import { cronInWords } from './cron-in-words.ts';

/**
 * A cron expression as people say it: `0 7 * * 1-5` → "At 07:00, Monday through Friday".
 * @throws {RangeError} with a sentence when the expression is not understood.
 */
export function words(cron: string): string {
  parse(cron, 'UTC');
  return cronInWords(cron);
}

/**
 * The next times after `from`, which itself is never among them.
 *
 * Daylight saving: a time that a day does not have moves to the first moment after the gap, a time that a day has twice
 * is taken once; several that move to the same moment are one. What runs in every hour goes on by elapsed time instead, without a pause.
 *
 * @param timezone - an IANA name, `Europe/Berlin`.
 * @returns fewer than `count` (maybe none) when the expression ends, as `0 0 30 2 *` does.
 * @throws {RangeError} with a sentence when the expression or the time zone is not understood.
 */
export function nextTimes(cron: string, timezone: string, from: Date, count: number): Date[] {
  if (!isTimezone(timezone)) throw new RangeError(`"${timezone}" is not a time zone. Write it like Europe/Berlin or UTC.`);
  const wall = parse(cron, 'UTC');
  return isInEveryHour(cron) ? parse(cron, timezone).nextRuns(count, from) : nextOnTheClock(wall, timezone, from, count);
}

/** @param wall - the pattern read as if the clock on the wall were UTC. */
function nextOnTheClock(wall: Cron, timezone: string, from: Date, count: number): Date[] {
  const times: Date[] = [];
  let last = from.getTime();
  let shown: Date | null = new Date(utcOf(clockAt(timezone, last)));
  while (times.length < count) {
    shown = wall.nextRun(shown);
    if (!shown) break;
    const { at } = instantAfter(clockAt('UTC', shown.getTime()), timezone);
    // What moved to the same moment, or was shown before the clock went back.
    if (at <= last) continue;
    times.push(new Date(at));
    last = at;
  }
  return times;
}

function parse(cron: string, timezone: string): Cron {
  const expression = cron.trim();
  if (expression.split(/\s+/).length !== 5) {
    throw new RangeError('A schedule has five parts: minute, hour, day of the month, month, day of the week. "0 7 * * 1-5" is 07:00 on working days.');
  }
  try {
    return new Cron(expression, { timezone, mode: '5-part', paused: true });
  } catch (error) {
    throw new RangeError(`"${expression}" is not a schedule: ${whyRefused(expression)}`, { cause: error });
  }
}

/** croner decides what is valid, since it decides when the flow runs; its reasons are for programmers. */
function whyRefused(expression: string): string {
  try {
    readCron(expression);
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
  return 'one of its parts is not understood. "0 7 * * 1-5" is 07:00 on working days.';
}
