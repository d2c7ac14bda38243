import type { FailureKind } from './descriptor.ts';

interface ConnectorErrorOptions {
  cause?: unknown;
  kind?: FailureKind;
}

/**
 * A failure that carries the engine's decision: the class decides whether to try again, the text says what to do next.
 * A secret never enters a message.
 */
export abstract class ConnectorError extends Error {
  abstract readonly retryable: boolean;
  readonly kind: FailureKind;

  constructor(message: string, kind: FailureKind, options: ConnectorErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.kind = options.kind ?? kind;
  }
}

/** Worth another try: a time-out, a 429, a 5xx, a lost connection. */
export class RetryableError extends ConnectorError {
  readonly retryable = true;
  /** What the other side asked for, milliseconds; absent: the step's own back-off. */
  readonly retryAfterMs?: number;

  constructor(message: string, options: ConnectorErrorOptions & { retryAfterMs?: number } = {}) {
    super(message, 'upstream', options);
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
  }
}

/** The credentials were refused: trying again cannot help, reconnecting does. */
export class AuthError extends ConnectorError {
  readonly retryable = false;

  constructor(message: string, options: ConnectorErrorOptions = {}) {
    super(message, 'auth', options);
  }
}

/** One field of the input or config is wrong; the message is shown at that field. */
export class InputError extends ConnectorError {
  readonly retryable = false;
  readonly path: string[];

  /** @param path - starts with `input` or `config`. */
  constructor(path: string[], message: string, options: ConnectorErrorOptions = {}) {
    super(message, 'invalid_input', options);
    this.path = path;
  }
}

/** Final: the same call would fail the same way. */
export class TerminalError extends ConnectorError {
  readonly retryable = false;

  constructor(message: string, options: ConnectorErrorOptions = {}) {
    super(message, 'unknown', options);
  }
}

/** An unexpected failure, created by the host only. Not retried: it counts as a bug. */
export class UnexpectedError extends ConnectorError {
  readonly retryable = false;

  constructor(cause: unknown) {
    const text = cause instanceof Error ? cause.message : String(cause);
    super(`Something unexpected happened: ${text.replace(absolutePath, '$1…')}`, 'unknown', { cause });
  }
}

/** Where things lie on the server is nobody's business who reads of a failure. Addresses (`https://…/a/b`) and single names stay. */
const absolutePath = /(^|[\s'"(`=])(?:\/(?:[^\s/'"`:,()]+\/)+|[A-Za-z]:\\)[^\s'"`,()]*/g;

/** The error as the host records it. Connector errors pass, everything else becomes UnexpectedError. */
export function toConnectorError(error: unknown): ConnectorError {
  return error instanceof ConnectorError ? error : new UnexpectedError(error);
}
