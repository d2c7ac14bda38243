import { defineConfig } from 'vitest/config';

// Many of these tests start real servers; a busy machine takes its time for that.
export default defineConfig({ test: { testTimeout: 30_000, hookTimeout: 30_000, expect: { poll: { timeout: 10_000 } }, isolate: false } });
