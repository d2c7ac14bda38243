import type { Alongside } from '@weft/engine';
import { runStatements } from '../../db/commit.ts';
import { Rows } from '../rows.ts';

/** Before anything that is counted in memory: where the database refuses it, only the database has to forget. */
export function writeAlongside(alongside: Alongside | undefined): void {
  if (!alongside) return;
  if (!(alongside instanceof Rows)) throw new TypeError('What is to be committed alongside was made for another store: give Rows.');
  runStatements(alongside.statements);
}
