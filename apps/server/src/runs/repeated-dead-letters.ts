/** Why a run that did dead letters again is not started again itself: it had no source of its own, and would read everything anew. */
export const repeatedDeadLetters =
  'This run did dead letters of an earlier run again. What it did not reach is open there once more, and what failed again is among its own dead letters: replay them from there.';
