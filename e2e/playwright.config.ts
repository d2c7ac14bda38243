import { defineConfig } from '@playwright/test';
import { chromiumPath } from './fixtures/chromium.ts';

const executablePath = await chromiumPath();

export default defineConfig({
  testDir: 'tests',
  timeout: 300_000,
  expect: { timeout: 30_000 },
  // They wait more than they work: on two processors three are done sooner than two.
  workers: 3,
  fullyParallel: true,
  retries: 0,
  reporter: [['list'], ['json', { outputFile: 'test-results/summary.json' }]],
  use: {
    actionTimeout: 30_000,
    // A bare environment has the language tag `en-US@posix`, which browsers refuse.
    locale: 'en-GB',
    timezoneId: 'Europe/Oslo',
    viewport: { width: 1280, height: 800 },
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: executablePath || undefined,
      args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--disable-component-update'],
    },
  },
});
