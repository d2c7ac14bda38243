/** A process that starts and finishes runs as fast as it can and says what was acknowledged, to be killed at any moment. */
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { argv } from 'node:process';
import { migrate } from '../src/db/migrate.ts';
import { newId } from '../src/db/ids.ts';
import { openDatabase } from '../src/db/open.ts';
import { createSqliteSubstrate } from '../src/substrate/sqlite/sqlite-substrate.ts';

const folder = argv[2];
if (!folder) throw new Error('Give the data folder as the first argument.');
const db = openDatabase(join(folder, 'weft.sqlite'));
migrate(db, folder);
const substrate = createSqliteSubstrate({ database: db.$client });
await substrate.open();

/** Synchronous, so that a line is out before the next commit can begin. */
const acknowledge = (state: string, runId: string) => writeSync(1, `${state} ${runId}\n`);

async function work(slot: number): Promise<void> {
  for (let turn = 0; ; turn += 1) {
    const run = {
      runId: newId('run'),
      workspaceId: 'ws_1',
      flowId: 'flow_1',
      versionId: 'ver_1',
      mode: 'live' as const,
      payload: { slot, turn, text: 'x'.repeat(500) },
      createdAt: Date.now(),
      eventId: `${slot}-${turn}-${process.pid}`,
    };
    const { lease } = await substrate.start(run, { lease: true });
    if (!lease) throw new Error('A fresh run has to be leased.');
    if (turn % 2 === 0) {
      await substrate.commit(lease, [{ stepKey: 'trigger', attempt: 1, kind: 'succeeded', at: 1, output: run.payload }]);
      acknowledge('running', run.runId);
    }
    await substrate.finish(lease, { status: 'succeeded', at: Date.now() }, [{ stepKey: 'last', attempt: 1, kind: 'succeeded', at: 2 }]);
    acknowledge('succeeded', run.runId);
  }
}

await Promise.all(Array.from({ length: 20 }, (_, slot) => work(slot)));
