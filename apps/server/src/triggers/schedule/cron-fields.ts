/** What the five parts of a cron expression stand for. */
export interface CronFields {
  /** Ascending, as are all lists here. */
  minutes: number[];
  hours: number[];
  days: DaysOfMonth;
  /** 1 is January. */
  months: number[];
  weekdays: Weekdays;
}

export interface DaysOfMonth {
  /** Written as `*` or `?`: the days of the week alone decide. */
  isAny: boolean;
  numbers: number[];
  isLast: boolean;
  isLastWorkingDay: boolean;
  /** The working days nearest to these. */
  nearest: number[];
}

export interface Weekdays {
  isAny: boolean;
  /** 1 is Monday, 7 is Sunday. */
  numbers: number[];
  /** The second Friday of a month is `{ weekday: 5, nth: 2 }`. */
  ofMonth: { weekday: number; nth: number | 'last' }[];
  /** Written with a `+`: both the day of the month and the day of the week must fit, and not one of them. */
  mustBoth: boolean;
}

/**
 * Takes a cron expression of five parts apart.
 * @throws {RangeError} with half a sentence that says which part is not understood, and why.
 */
export function readCron(expression: string): CronFields {
  const [minute = '', hour = '', day = '', month = '', weekday = ''] = expression.trim().toUpperCase().split(/\s+/);
  return {
    minutes: numbersOf(minute, { name: 'minutes', first: 0, last: 59 }),
    hours: hoursOf(hour),
    days: daysOf(day),
    months: numbersOf(named(month, monthNames, 1), { name: 'months', first: 1, last: 12 }),
    weekdays: weekdaysOf(weekday),
  };
}

/** Whether a cron expression that is understood runs in every hour of its days. */
export const isInEveryHour = (expression: string): boolean => hoursOf(expression.trim().split(/\s+/)[1] ?? '').length === 24;

const hoursOf = (text: string): number[] => numbersOf(text, { name: 'hours', first: 0, last: 23 });

interface Part {
  /** In the plural, as sentences have it. */
  name: string;
  first: number;
  last: number;
}

function daysOf(text: string): DaysOfMonth {
  const items = text.split(',');
  const nearest = items.flatMap((item) => (/^\d+W$/.test(item) ? [Number(item.slice(0, -1))] : []));
  const plain = items.filter((item) => item !== 'L' && item !== 'LW' && !/^\d+W$/.test(item));
  return {
    isAny: isAny(text),
    numbers: plain.length === 0 ? [] : numbersOf(plain.join(','), { name: 'days of the month', first: 1, last: 31 }),
    isLast: items.includes('L'),
    isLastWorkingDay: items.includes('LW'),
    nearest,
  };
}

function weekdaysOf(text: string): Weekdays {
  const mustBoth = text.startsWith('+');
  // At the end of a range, Sunday is the seventh day.
  const items = named((mustBoth ? text.slice(1) : text).replaceAll('-SUN', '-7'), weekdayNames, 0).split(',');
  const ofMonth = items.flatMap((item) => {
    const [, weekday, nth] = /^([0-7])(?:#([1-5])|#?L)$/.exec(item) ?? [];
    return weekday === undefined ? [] : [{ weekday: fromMonday(Number(weekday)), nth: nth === undefined ? ('last' as const) : Number(nth) }];
  });
  const plain = items.filter((item) => !/[#L]/.test(item));
  const numbers = plain.length === 0 ? [] : numbersOf(plain.join(','), { name: 'days of the week', first: 0, last: 7 });
  return { isAny: isAny(text), numbers: ascending(numbers.map(fromMonday)), ofMonth, mustBoth };
}

const isAny = (text: string): boolean => text === '*' || text === '?';
const fromMonday = (weekday: number): number => (weekday === 0 ? 7 : weekday);
const ascending = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((left, right) => left - right);

function numbersOf(text: string, part: Part): number[] {
  return ascending(text.split(',').flatMap((item) => itemOf(item, part)));
}

function itemOf(item: string, part: Part): number[] {
  const { name, first, last } = part;
  const [, range = '', from = '', to, step] = /^(\*|\?|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(item) ?? [];
  if (range === '') throw new RangeError(`“${item}” is not understood among its ${name}.`);
  if (step !== undefined && from !== '' && to === undefined) {
    throw new RangeError(`“${item}” among its ${name} does not say where the steps end. Write ${from}-${last}/${step}.`);
  }
  const most = last - first + 1;
  if (step !== undefined && !(Number(step) >= 1 && Number(step) <= most)) {
    throw new RangeError(`the steps of its ${name} may be from 1 to ${most}, and not ${step}.`);
  }
  const [low, high] = from === '' ? [first, last] : [Number(from), Number(to ?? from)];
  const outside = [low, high].find((number) => number < first || number > last);
  if (outside !== undefined) throw new RangeError(`its ${name} go from ${first} to ${last}, and not to ${outside}.`);
  if (low > high) {
    throw new RangeError(`“${item}” among its ${name} goes backwards. Put the smaller number first, or write two ranges with a comma between them.`);
  }
  const numbers: number[] = [];
  for (let number = low; number <= high; number += Number(step ?? 1)) numbers.push(number);
  return numbers;
}

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const named = (text: string, names: readonly string[], first: number): string =>
  text.replace(/[A-Z]{3}/g, (name) => (names.includes(name) ? String(names.indexOf(name) + first) : name));
