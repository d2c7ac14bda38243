import { ConnectorError, RetryableError, TerminalError } from '@weft/connector-sdk';
import { nowhereToBeFound } from './refused-address.ts';

/**
 * What the network threw, as an error that carries the decision. Connector errors and a cancelled call pass.
 * @param host - named in the sentence, never the whole address: its query may hold a key.
 */
export function networkError(error: unknown, host: string, signal: AbortSignal): unknown {
  if (signal.aborted) return abortError(signal.reason, host);
  if (error instanceof ConnectorError) return error;
  const code = codeOf(error);
  if (code === 'ENOTFOUND') return nowhereToBeFound(host.replace(/:\d+$/, ''), error);
  const known = code === undefined ? undefined : sentences[code];
  if (known?.retry === false) return new TerminalError(`${host} ${known.text}`, { kind: known.kind ?? 'upstream', cause: error });
  if (known !== undefined) return new RetryableError(`${host} ${known.text}`, { kind: known.kind ?? 'upstream', cause: error });
  if (isCertificateError(code)) {
    return new TerminalError(
      `${host} could not be trusted: its certificate is not valid (${code}). Check the address, or ask who runs it for a valid certificate.`,
      { kind: 'upstream', cause: error },
    );
  }
  return new RetryableError(`${host} could not be reached. Check the address, and that it is running.`, { cause: error });
}

function abortError(reason: unknown, host: string): unknown {
  if (reason instanceof DOMException && reason.name === 'TimeoutError') {
    return new RetryableError(`${host} did not answer in time.`, { kind: 'timeout', cause: reason });
  }
  return reason;
}

interface Known {
  text: string;
  kind?: 'timeout' | 'contract_violation' | 'invalid_input';
  retry?: false;
}

const noAnswerInTime: Known = { text: 'did not answer in time.', kind: 'timeout' };
const lost: Known = { text: 'closed the connection before it had answered.' };

const sentences: Record<string, Known> = {
  ECONNREFUSED: { text: 'refused the connection: nothing is listening there. Check the address and the port, and that it is running.' },
  ECONNRESET: lost,
  EPIPE: lost,
  UND_ERR_SOCKET: lost,
  UND_ERR_ABORTED: lost,
  ETIMEDOUT: noAnswerInTime,
  UND_ERR_CONNECT_TIMEOUT: noAnswerInTime,
  UND_ERR_HEADERS_TIMEOUT: noAnswerInTime,
  UND_ERR_BODY_TIMEOUT: noAnswerInTime,
  EAI_AGAIN: { text: 'could not be looked up: the name service did not answer.' },
  UND_ERR_INVALID_ARG: {
    text: 'was not called: the method or a header is not valid in HTTP. Check for line breaks and special characters.',
    kind: 'invalid_input',
    retry: false,
  },
  UND_ERR_HEADERS_OVERFLOW: { text: 'answered with headers that are too large.', kind: 'contract_violation', retry: false },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: lost,
  // undici's parser gives each of its findings a code of its own.
  HPE: { text: 'answered with something that is not HTTP. Check the address and the port.', kind: 'contract_violation', retry: false },
};

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // Several addresses were tried and all failed; the last one speaks for them.
  if (error instanceof AggregateError) return codeOf(error.errors.at(-1));
  if (error.name === 'HTTPParserError') return 'HPE';
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function isCertificateError(code: string | undefined): boolean {
  return code !== undefined && /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|^ERR_TLS|^ERR_SSL/.test(code);
}
