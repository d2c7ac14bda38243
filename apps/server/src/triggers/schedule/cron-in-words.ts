import { type CronFields, type DaysOfMonth, readCron, type Weekdays } from './cron-fields.ts';

/**
 * A cron expression as people say it: `0 7 * * 1-5` → "At 07:00, Monday through Friday". It says what is run: steps that do not
 * divide the hour or the day are written out as the times that they give.
 * @param cron - one that is understood.
 */
export function cronInWords(cron: string): string {
  const fields = readCron(cron);
  return [timesPart(fields), daysPart(fields), monthsPart(fields.months)].filter((part) => part !== '').join(', ');
}

/** More times than this are not listed one by one. */
const maxTimes = 6;

function timesPart({ minutes, hours }: CronFields): string {
  const [minute = 0] = minutes;
  const even = evenStep(minutes, 60);
  const often = minutes.length === 60 ? 'Every minute' : even === undefined ? undefined : `Every ${even} minutes`;
  if (hours.length === 24) {
    if (often !== undefined) return often;
    return minutes.length === 1 && minute === 0 ? 'Every hour, on the hour' : `Every hour at ${list(minutes.map(past))}`;
  }
  const times = hours.flatMap((hour) => minutes.map((at) => clock(hour, at)));
  if (times.length <= maxTimes) return `At ${list(times)}`;
  const spans = runsOf(hours);
  if (often !== undefined) return `${often} ${list(spans.map(([from, to]) => `from ${clock(from, 0)} to ${clock(to, minutes.at(-1) ?? 0)}`))}`;
  if (minutes.length > 1) return `At ${list(minutes.map(past))} of the hours ${list(hours.map(two))}`;
  const step = evenStep(hours, 24);
  const between = `from ${times[0]} to ${times.at(-1)}`;
  if (step !== undefined) return `Every ${step} hours ${between}`;
  return spans.length === 1 ? `Every hour ${between}` : `At ${list(times)}`;
}

/** How far apart numbers are that begin at zero and come round evenly: 0, 20 and 40 of 60 are 20. */
function evenStep(numbers: readonly number[], round: number): number | undefined {
  const [first, second] = numbers;
  if (first !== 0 || second === undefined || round % second !== 0 || numbers.length * second !== round) return undefined;
  return numbers.every((number, index) => number === index * second) ? second : undefined;
}

function daysPart({ days, weekdays, months }: CronFields): string {
  const [ofMonth, ofWeek] = [monthDays(days, months), weekDays(weekdays)];
  if (days.isAny) return ofWeek;
  if (weekdays.isAny) return ofMonth;
  if (weekdays.mustBoth) return ofMonth === '' || ofWeek === '' ? ofMonth + ofWeek : `${ofMonth}, and only ${ofWeek}`;
  // One that is always true makes the other one mean nothing.
  return ofMonth === '' || ofWeek === '' ? '' : `${ofMonth} or ${ofWeek}`;
}

/** Empty for every day. */
function monthDays({ numbers, isLast, isLastWorkingDay, nearest }: DaysOfMonth, months: readonly number[]): string {
  if (numbers.length === 31) return '';
  const runs = runsOf(numbers);
  const said = [
    ...spoken(runs, (from, to) => `the ${nth(from)} to the ${nth(to)}`, (day) => `the ${nth(day)}`),
    ...nearest.map((day) => `the working day nearest to the ${nth(day)}`),
    ...(isLastWorkingDay ? ['the last working day of the month'] : []),
    ...(isLast ? ['the last day of the month'] : []),
  ];
  return `on ${list(said)}${rare(runs, months)}`;
}

/** Which of the days are not in every month that is meant. A range such as "from the 15th on" makes it obvious. */
function rare(runs: readonly Span[], months: readonly number[]): string {
  const lacking = runs.flatMap(([from, to]) => (from <= 28 ? [] : range(from, to))).filter((day) => months.some((month) => day > daysIn(month)));
  if (lacking.length === 0) return '';
  if (months.length === 1) return months[0] === 2 && lacking[0] === 29 ? ' (in leap years only)' : '';
  const isAll = runs.every(([from]) => from > 28);
  return isAll ? ' (not in every month)' : ` (${list(lacking.map((day) => `the ${nth(day)}`))} not in every month)`;
}

const daysIn = (month: number): number => (month === 2 ? 28 : [4, 6, 9, 11].includes(month) ? 30 : 31);

/** Empty for every day. */
function weekDays({ numbers, ofMonth }: Weekdays): string {
  if (numbers.length === 7) return '';
  const runs = runsOf(numbers);
  const [run] = runs;
  if (ofMonth.length === 0 && run && runs.length === 1 && run[1] - run[0] >= 2) return `${weekday(run[0])} through ${weekday(run[1])}`;
  const said = [
    ...spoken(runs, (from, to) => `${weekday(from)}s through ${weekday(to)}s`, (day) => `${weekday(day)}s`),
    ...ofMonth.map((one) => `the ${one.nth === 'last' ? 'last' : nth(one.nth)} ${weekday(one.weekday)} of the month`),
  ];
  return `on ${list(said)}`;
}

function monthsPart(months: readonly number[]): string {
  if (months.length === 12) return '';
  return `in ${list(spoken(runsOf(months), (from, to) => `${month(from)} to ${month(to)}`, month))}`;
}

/** From the first to the last of numbers without a gap. */
type Span = [from: number, to: number];

function runsOf(numbers: readonly number[]): Span[] {
  const runs: Span[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs;
}

/** Three and more in a row are a span, fewer are said one by one. */
const spoken = (runs: readonly Span[], span: (from: number, to: number) => string, one: (number: number) => string): string[] =>
  runs.flatMap(([from, to]) => (to - from >= 2 ? [span(from, to)] : range(from, to).map(one)));

const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index);

const two = (number: number): string => String(number).padStart(2, '0');
const past = (minute: number): string => `:${two(minute)}`;
const clock = (hour: number, minute: number): string => `${two(hour)}:${two(minute)}`;

function nth(number: number): string {
  const isTeen = number % 100 >= 11 && number % 100 <= 13;
  return `${number}${isTeen ? 'th' : (['th', 'st', 'nd', 'rd'][number % 10] ?? 'th')}`;
}

const list = (parts: readonly string[]): string => (parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`);

const weekday = (number: number): string => ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'][number - 1] ?? '';
const month = (number: number): string =>
  ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'][number - 1] ?? '';
