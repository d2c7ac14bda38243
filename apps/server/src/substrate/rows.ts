import { Alongside } from '@weft/engine';
import type { Statement } from '../db/commit.ts';

/**
 * Statements that belong to a change of a run and stand in its commit:
 * `engine.start(run, { alongside: new Rows([audit(db, event)]) })`, and so with `signal` and `cancel`. They are not run where nothing
 * changes: the run had been started before, the signal is a repeat, the run has ended.
 */
export class Rows extends Alongside {
  readonly statements: readonly Statement[];
  constructor(statements: readonly Statement[]) {
    super();
    this.statements = statements;
  }
}
