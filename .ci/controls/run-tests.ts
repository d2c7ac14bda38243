import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

export interface TestResults {
  green: string[];
  red: string[];
  /** Files of which no test could begin, and what they said. */
  broken: string[];
  /** The tests did not come to an end, or took their process with them. */
  died: boolean;
  /** How long each file took, milliseconds. */
  tookMs: Map<string, number>;
}

/** The part of vitest's report that is read. */
interface Report {
  testResults: { name: string; message: string; startTime: number; endTime: number; assertionResults: { status: string; fullName: string }[] }[];
}

/** @param maxMs - tests that wait for what never comes are ended then. */
export async function runTests(root: string, files: readonly string[], maxMs: number): Promise<TestResults> {
  // As vitest.config.ts says.
  const outputFile = join(root, 'test-results/unit.json');
  rmSync(outputFile, { force: true });
  const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...files];
  // A group of its own: what hangs may have started others.
  const child = spawn(process.execPath, vitest, { cwd: root, detached: true, stdio: 'ignore' });
  const end = () => {
    try {
      process.kill(-child.pid!, 'SIGKILL');
    } catch (error) {
      // Nobody is left.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  };
  const timer = setTimeout(end, maxMs);
  process.once('exit', end);
  await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
  process.off('exit', end);
  clearTimeout(timer);
  // What its tests have started and could not end.
  end();
  if (!existsSync(outputFile)) return { green: [], red: [], broken: [], died: true, tookMs: new Map() };
  // Written by vitest, whose version is pinned.
  const { testResults } = JSON.parse(readFileSync(outputFile, 'utf8')) as Report;
  const told = (status: string) =>
    testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.filter((test) => test.status === status).map(({ fullName }) => `${relative(root, name)} › ${fullName}`),
    );
  const broken = testResults.filter(({ assertionResults }) => assertionResults.length === 0).map(({ name, message }) => `${relative(root, name)}: ${message}`);
  const tookMs = new Map(testResults.map(({ name, startTime, endTime }) => [relative(root, name), endTime - startTime]));
  // Tests that never began or ended although their file could be loaded: a process of vitest's own is gone.
  const died = testResults.some(({ assertionResults }) => assertionResults.some(({ status }) => status === 'pending'));
  return { green: told('passed'), red: told('failed'), broken, died, tookMs };
}
