export * from './flow-builder.ts';
export { addKind } from '../kinds/kind-of.ts';
export { addTestEcho, testEcho, testEchoKind, type TestEchoStep } from './test-echo.ts';
