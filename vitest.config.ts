import { join } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { defineConfig } from 'vitest/config';

/** Begun last, the file that takes by far the longest would be waited for by nobody else but the clock. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => moduleId.endsWith('faults.test.ts');
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/.cache/**'],
    globalSetup: join(import.meta.dirname, '.ci/temporary-folder.ts'),
    // No test file leaves anything behind that another one could meet; a process for each would cost more than most of them take.
    isolate: false,
    // Much of the time goes by with waiting: one worker for each processor keeps none from its work.
    maxWorkers: '100%',
    // Many of these tests start real servers; a busy machine takes its time for that.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    expect: { poll: { timeout: 10_000 } },
    sequence: { sequencer: LongestFirst },
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
  },
});
