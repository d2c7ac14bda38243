/** A call that starts no run, with what the sender is told and what the flow's owner finds under the rejected calls. */
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
