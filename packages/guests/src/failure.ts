import { AuthError, type ConnectorError, InputError, RetryableError, TerminalError, toConnectorError, UnexpectedError } from '@weft/connector-sdk';

/** An error of a connector in a form that survives the way between processes: its class, its sentence and what it decides. */
export type PlainFailure = { message: string; kind: ConnectorError['kind'] } & (
  | { class: 'auth' | 'terminal' | 'unexpected' }
  | { class: 'input'; path: string[] }
  | { class: 'retryable'; retryAfterMs?: number }
);

export function plainFailure(error: unknown): PlainFailure {
  const failure = toConnectorError(error);
  const { message, kind } = failure;
  if (failure instanceof InputError) return { class: 'input', message, kind, path: failure.path };
  if (failure instanceof RetryableError) return { class: 'retryable', message, kind, retryAfterMs: failure.retryAfterMs };
  if (failure instanceof AuthError) return { class: 'auth', message, kind };
  // Its sentence is made anew from its cause.
  if (failure instanceof UnexpectedError) {
    return { class: 'unexpected', message: failure.cause instanceof Error ? failure.cause.message : String(failure.cause), kind };
  }
  return { class: 'terminal', message, kind };
}

export function errorOf(failure: PlainFailure): ConnectorError {
  const { message, kind } = failure;
  switch (failure.class) {
    case 'input':
      return new InputError(failure.path, message, { kind });
    case 'retryable':
      return new RetryableError(message, { kind, retryAfterMs: failure.retryAfterMs });
    case 'auth':
      return new AuthError(message, { kind });
    case 'terminal':
      return new TerminalError(message, { kind });
    case 'unexpected':
      return new UnexpectedError(new Error(message));
  }
}
