import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { projects: ['apps/*', 'packages/*'], testTimeout: 20_000 } });
