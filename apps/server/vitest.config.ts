// For runs inside this folder.
export { default } from '../../vitest.config.ts';
