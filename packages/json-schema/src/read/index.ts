export * from './measure.ts';
export * from './read.ts';
