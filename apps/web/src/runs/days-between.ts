/**
 * From the beginning of the first day to the end of the last one, in the reader's zone.
 * @param from - `2026-03-12`; absent: from the first run on. @param to - the last day; absent: until now.
 */
export function daysBetween(from: string | undefined, to: string | undefined): { since?: string; before?: string } {
  return { ...(from !== undefined && { since: startOf(from, 0) }), ...(to !== undefined && { before: startOf(to, 1) }) };
}

function startOf(day: string, later: number): string {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date + later).toISOString();
}
