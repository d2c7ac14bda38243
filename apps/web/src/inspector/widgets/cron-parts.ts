/** How often a schedule comes, as people say it. */
export type CronParts =
  | { every: 'minutes'; minutes: number }
  | { every: 'hour'; minute: number }
  | { every: 'day' | 'workday'; time: string }
  /** Monday is 1, Sunday 7. */
  | { every: 'week'; days: readonly number[]; time: string }
  | { every: 'month'; day: number; time: string };

export type Every = CronParts['every'];

/** Steps that divide the hour: with others the last one of an hour would be shorter. */
export const minuteSteps = [1, 2, 3, 5, 10, 15, 20, 30] as const;

const time = (minute: string, hour: string): string => `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`;

/** @returns undefined for what has to be written as cron. */
export function partsOfCron(cron: string): CronParts | undefined {
  const [minute = '', hour = '', day = '', month = '', weekday = '', ...more] = cron.trim().split(/\s+/);
  if (more.length > 0 || month !== '*') return undefined;
  const step = /^\*\/(\d{1,2})$/.exec(minute);
  const minutes = minute === '*' ? 1 : Number(step?.[1]);
  if (hour === '*' && day === '*' && weekday === '*') {
    if (minuteSteps.some((one) => one === minutes)) return { every: 'minutes', minutes };
    return isUpTo(minute, 59) ? { every: 'hour', minute: Number(minute) } : undefined;
  }
  if (!isUpTo(minute, 59) || !isUpTo(hour, 23)) return undefined;
  const at = time(minute, hour);
  if (day !== '*') return weekday === '*' && isUpTo(day, 31) && Number(day) > 0 ? { every: 'month', day: Number(day), time: at } : undefined;
  if (weekday === '*') return { every: 'day', time: at };
  if (weekday === '1-5') return { every: 'workday', time: at };
  const days = weekday.split(',');
  return days.every((one) => isUpTo(one, 7)) ? { every: 'week', days: days.map((one) => Number(one) || 7).toSorted((a, b) => a - b), time: at } : undefined;
}

export function cronOfParts(parts: CronParts): string {
  if (parts.every === 'minutes') return parts.minutes === 1 ? '* * * * *' : `*/${parts.minutes} * * * *`;
  if (parts.every === 'hour') return `${parts.minute} * * * *`;
  const [hour = 0, minute = 0] = parts.time.split(':').map(Number);
  const day = parts.every === 'month' ? parts.day : '*';
  const weekday = parts.every === 'workday' ? '1-5' : parts.every === 'week' ? parts.days.map((one) => one % 7).join(',') : '*';
  return `${minute} ${hour} ${day} * ${weekday}`;
}

/** The same time at another rhythm. */
export function atRhythm(every: Every, before: CronParts | undefined): CronParts {
  const at = before && 'time' in before ? before.time : '07:00';
  switch (every) {
    case 'minutes':
      return { every, minutes: 10 };
    case 'hour':
      return { every, minute: 0 };
    case 'day':
    case 'workday':
      return { every, time: at };
    case 'week':
      return { every, days: [1], time: at };
    case 'month':
      return { every, day: 1, time: at };
  }
}

const isUpTo = (text: string, max: number): boolean => /^\d{1,2}$/.test(text) && Number(text) <= max;
