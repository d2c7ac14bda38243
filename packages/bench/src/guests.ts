import { argv } from 'node:process';
import { parseArgs } from 'node:util';
import type { ConnectionValues } from '@weft/connector-sdk';
import { createTestContext, isolated, postgresqlBinaries, sqlInProcess, startPostgresql } from '@weft/connectors/testing';
import { measure, type Figures } from './guests/measure.ts';
import { median } from './webhook/contest.ts';

/**
 * Databases through guests beside the same connector in this process, where it connects for each call: rows read and written in batches of a
 * thousand, and single queries after each other. Both take turns, and a ratio is the median over the rounds.
 *
 * The ratios of rows are those of the database that fares worse; that of calls is PostgreSQL's: a SQLite file is opened in a moment, and
 * what a guest adds to that stands in the table.
 * `--rows 20000`, `--calls 200` and `--rounds 5` change how much is tried.
 */
export async function bench(): Promise<void> {
  const { values } = parseArgs({
    args: argv.slice(3),
    options: { rows: { type: 'string', default: '50000' }, calls: { type: 'string', default: '300' }, rounds: { type: 'string', default: '5' } },
  });
  if (!postgresqlBinaries) throw new Error('There are no PostgreSQL binaries for this platform.');
  const amounts = { rows: Number(values.rows), calls: Number(values.calls) };
  const server = await startPostgresql();
  const inGuests = isolated(sqlInProcess, { keptMs: 600_000 });
  const databases: Record<string, ConnectionValues> = {
    PostgreSQL: {
      scheme: 'postgresql',
      config: { host: '127.0.0.1', port: server.port, database: server.database, tls: 'off' },
      credentials: { user: server.user, password: server.password },
    },
    SQLite: { scheme: 'sqlite', config: { file: 'orders.sqlite' }, credentials: {} },
  };
  try {
    const table: object[] = [];
    const worst = { rowsRead: Number.POSITIVE_INFINITY, rowsWritten: Number.POSITIVE_INFINITY, calls: Number.POSITIVE_INFINITY };
    for (const [name, connection] of Object.entries(databases)) {
      const context = createTestContext({ connection });
      const guests: Figures[] = [];
      const here: Figures[] = [];
      for (let round = -1; round < Number(values.rounds); round += 1) {
        // The first is for warming up: guests are started, and code is compiled.
        const both = round === -1 ? { rows: 5_000, calls: 50 } : amounts;
        const own = await measure(inGuests, context, `guests_${round + 1}`, both);
        const other = await measure(sqlInProcess, context, `here_${round + 1}`, both);
        if (round === -1) continue;
        guests.push(own);
        here.push(other);
      }
      for (const figure of ['rowsRead', 'rowsWritten', 'calls'] as const) {
        const ratio = median(guests.map((own, at) => own[figure] / (here[at]?.[figure] ?? Number.NaN)));
        if (figure !== 'calls' || name === 'PostgreSQL') worst[figure] = Math.min(worst[figure], ratio);
        const perSecond = (figures: Figures[]) => Math.round(median(figures.map((one) => one[figure])));
        const speeds = { 'in guests': perSecond(guests), 'in this process': perSecond(here) };
        table.push({ database: name, 'a second': names[figure], ...speeds, ratio: round2(ratio), target: targets[figure] });
      }
    }
    console.table(table);
    console.log(
      JSON.stringify({ bench: 'guests', readRatio: round2(worst.rowsRead), writeRatio: round2(worst.rowsWritten), callRatio: round2(worst.calls) }),
    );
  } finally {
    await server.stop();
  }
}

const names: Record<keyof Figures, string> = { rowsRead: 'rows read', rowsWritten: 'rows written', calls: 'single queries' };
const targets: Record<keyof Figures, string> = { rowsRead: '≥ 1', rowsWritten: '≥ 0.8', calls: '≥ 5 on PostgreSQL' };

const round2 = (value: number): number => Math.round(value * 100) / 100;
