// Adds up what vitest and Playwright wrote and prints the closing line: N passed, N failed.
import { existsSync, readFileSync } from 'node:fs';

const read = (path) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined);
const unit = read('test-results/unit.json');
const journeys = read('e2e/test-results/summary.json');

const passed = (unit?.numPassedTests ?? 0) + (journeys?.stats.expected ?? 0);
const failed = (unit?.numFailedTests ?? 0) + (journeys?.stats.unexpected ?? 0) + (journeys?.stats.flaky ?? 0);
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0 || passed === 0) process.exit(1);
