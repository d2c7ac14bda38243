export * from './catalogue.ts';
export * from './document.ts';
export * from './problem.ts';
