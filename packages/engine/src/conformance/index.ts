export { describeSubstrate, type SubstrateUnderTest } from './describe-substrate.ts';
