/**
 * Loaded into a Weft process before its program (`node --import`): makes the disk full, moves the clock, ends the process at a commit, or
 * freezes it.
 * It reaches only what the process stands on, the SQLite library and Date, so what is tried is the product as it ships.
 *
 * Told by the JSON file that FAULT_CONTROL names, read every few milliseconds; see `Control`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { kill, pid } from 'node:process';
import { pathToFileURL } from 'node:url';
import { isMainThread } from 'node:worker_threads';

export interface Control {
  /** The databases may not grow beyond what they are now. */
  diskFull?: boolean;
  /** Added to what the clock says, milliseconds. */
  clockMs?: number;
  /** The process ends itself as `kill -9` does, at this commit from now on, just before or just after it. */
  killAt?: { commit: number; when: 'before' | 'after' };
  /** The event loop is silent from now on, this once: the file says so no more when it begins. */
  freeze?: boolean;
}

interface Statement {
  run(...parameters: unknown[]): unknown;
}

interface Database {
  prepare(sql: string): Statement;
  pragma(text: string): unknown;
  open: boolean;
}

const file = process.env['FAULT_CONTROL'];
const main = process.argv[1];
if (file !== undefined && main !== undefined) inject(file, main);

function inject(controlFile: string, program: string): void {
  // The very module that the program loads.
  const Sqlite = createRequire(pathToFileURL(program))('better-sqlite3') as { prototype: Database };
  const databases = new Set<Database>();
  let control: Control = {};
  let commits = 0;

  const prepare = Sqlite.prototype.prepare;
  Sqlite.prototype.prepare = function patched(this: Database, sql: string): Statement {
    databases.add(this);
    const statement = prepare.call(this, sql);
    if (!/^\s*commit\b/i.test(sql)) return statement;
    const run = statement.run;
    statement.run = function counted(this: Statement, ...parameters: unknown[]) {
      if (!control.killAt) return run.apply(this, parameters);
      commits += 1;
      const due = commits === control.killAt.commit;
      if (due && control.killAt.when === 'before') kill(pid, 'SIGKILL');
      const result = run.apply(this, parameters);
      if (due) kill(pid, 'SIGKILL');
      return result;
    };
    return statement;
  };

  const realNow = Date.now.bind(Date);
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, parameters, newTarget) =>
      Reflect.construct(
        target,
        parameters.length === 0 ? [realNow() + (control.clockMs ?? 0)] : parameters,
        newTarget === globalThis.Date ? target : newTarget,
      ) as Date,
    get: (target, key, receiver) => (key === 'now' ? () => realNow() + (control.clockMs ?? 0) : Reflect.get(target, key, receiver)),
  });

  const follow = () => {
    const told = read(controlFile);
    if (told === undefined) return;
    if (Boolean(told.diskFull) !== Boolean(control.diskFull)) for (const database of databases) if (database.open) limitPages(database, told.diskFull === true);
    if (told.killAt?.commit !== control.killAt?.commit) commits = 0;
    control = told;
    // Threads of the process have this loaded, too.
    if (!told.freeze || !isMainThread) return;
    writeFileSync(controlFile, '{}');
    for (;;) readFileSync(controlFile);
  };
  follow();
  setInterval(follow, 5).unref();
}

/** Undefined while the file is being written. */
function read(controlFile: string): Control | undefined {
  try {
    return JSON.parse(readFileSync(controlFile, 'utf8')) as Control;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The write-ahead log grows on its own; only a database that may not grow answers as a full disk does. */
function limitPages(database: Database, full: boolean): void {
  const pages = database.pragma('page_count') as [{ page_count: number }];
  database.pragma(`max_page_count = ${full ? pages[0].page_count : 4_294_967_294}`);
}
