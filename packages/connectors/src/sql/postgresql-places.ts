import type { Json } from '@weft/connector-sdk';
import type { Column } from './database.ts';

/**
 * A place that was written down before the server's own text was kept. Dates and times without a zone had gone through the zone of
 * the machine that runs Weft, and come back the same way: at the beginning of what a place can mean, so that no row is left out.
 */
export function placeOf({ type }: Column, stored: Json): Json {
  const text = typeof stored === 'number' ? String(stored) : stored;
  if (typeof text !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text)) return text;
  if (type === 'timestamp with time zone') return `${asServer(text)}+00`;
  if (type !== 'date' && type !== 'timestamp without time zone') return text;
  const wall = earliestWall(new Date(text)).toISOString();
  return type === 'date' ? wall.slice(0, 10) : asServer(wall);
}

/** As the server writes it: no T, no Z, no zeros behind. */
const asServer = (iso: string): string => iso.slice(0, -1).replace('T', ' ').replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '');

/** What a clock on the wall of this machine shows at a moment, as if it hung in UTC. */
function earliestWall(at: Date): Date {
  const [shown, before] = [at, new Date(at.getTime() - 3 * 3_600_000)].map((day) => new Date(at.getTime() - day.getTimezoneOffset() * 60_000));
  if (!shown || !before || before >= shown) return shown ?? at;
  // Times that a change to summer time leaves out had been read as the hour behind it.
  const again = new Date(
    before.getUTCFullYear(),
    before.getUTCMonth(),
    before.getUTCDate(),
    before.getUTCHours(),
    before.getUTCMinutes(),
    before.getUTCSeconds(),
    before.getUTCMilliseconds(),
  );
  return again.getTime() === at.getTime() ? before : shown;
}
