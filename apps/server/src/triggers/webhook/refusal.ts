import type { ServerResponse } from 'node:http';
import { sendJson } from './outgoing-answer.ts';

/** A call that starts no run, with the answer to the sender and the reason that the flow's owner finds under the rejected calls. */
export class Refusal extends Error {
  readonly status: number;
  /** `malformed_json`, `too_large`, `not_published`, `switched_off` … */
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.reason = reason;
  }
}

/** @param allow - the method that is waited for, where another one was used. */
export function sendRefusal(response: ServerResponse, { status, message }: Refusal, allow?: string): void {
  const headers: Record<string, string> = {};
  if (status === 429) headers['retry-after'] = '30';
  if (status === 405 && allow !== undefined) headers['allow'] = allow;
  sendJson(response, status, { error: publicMessages[status] ?? message }, headers);
}

/** A stranger learns nothing about which flows exist and sleep, nor what was wrong with a signature. */
const publicMessages: Record<number, string> = {
  404: 'No published flow listens at this address.',
  409: 'This call was received before.',
  401: 'This call could not be verified. Check the secret and how calls are signed.',
};

export const tooLarge = (limitBytes: number): Refusal =>
  new Refusal(413, 'too_large', `The body is larger than the ${Math.round(limitBytes / 1024)} kB this installation accepts.`);
