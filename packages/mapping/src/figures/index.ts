export * from './measure-order-mapping.ts';
export * from './order-mapping.ts';
export * from './sample-order.ts';
