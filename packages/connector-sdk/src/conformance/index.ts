export { describeConnector, type ConformanceOptions } from './describe-connector.ts';
export type { FaultCalls } from './describe-faults.ts';
export { iconProblem } from './icon-problem.ts';
export * from './test-context.ts';
