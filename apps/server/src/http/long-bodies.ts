import type { IncomingMessage } from 'node:http';

/** Requests whose bodies may be of any size, and so take any time as long as they come. */
const long = new WeakSet<IncomingMessage>();

export const mayTakeLong = (request: IncomingMessage): void => void long.add(request);

export const isLongBody = (request: IncomingMessage): boolean => long.has(request);
