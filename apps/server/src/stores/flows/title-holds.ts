/** Whether a title holds what was typed, in any case of any alphabet: SQLite folds only the letters of ASCII. */
export function titleHolds(search: string): (title: string) => boolean {
  const wanted = search.trim().toLowerCase();
  return wanted === '' ? () => true : (title) => title.toLowerCase().includes(wanted);
}
