import type { Dispatcher } from 'undici';
import { createPieces } from './pieces.ts';
import type { Hop } from './redirect.ts';
import { tooLarge } from './too-large.ts';

/** An answer as it came, its body still coded. */
export interface WholeAnswer {
  status: number;
  /** Without `set-cookie`. */
  headers: Record<string, string>;
  setCookies: string[];
  body: Buffer;
}

export interface ExchangeLimits {
  signal: AbortSignal;
  /**
   * Called when the head has been received.
   * @returns how many bytes of the body to read at most; undefined: the body is not wanted.
   * @throws what ends the exchange, and with it the connection.
   */
  maxBytes(status: number, headers: Record<string, string>): number | undefined;
}

/** More than this is not read to its end only to keep the connection. */
const maxIgnoredBytes = 128 * 1024;

/**
 * One request and the whole of its answer. It listens to undici's own events: nothing here reads an answer piece by piece, and a
 * stream for each of them was a good part of what a call cost, in time and in young objects that grew old.
 * @throws what undici threw, the signal's reason, or what `maxBytes` threw.
 * @throws {TerminalError} when the body is larger.
 */
export function exchange(dispatcher: Dispatcher, { method, url, headers, body }: Hop, limits: ExchangeLimits): Promise<WholeAnswer> {
  return new Promise((resolve, reject) => {
    const handler = new Exchange(limits, resolve, reject);
    dispatcher.dispatch(
      // undici types the method as the common ones; it accepts and validates any token.
      { origin: url.origin, path: `${url.pathname}${url.search}`, method: method as Dispatcher.HttpMethod, headers, body: body ?? null },
      handler,
    );
  });
}

class Exchange implements Dispatcher.DispatchHandler {
  readonly #limits: ExchangeLimits;
  readonly #resolve: (answer: WholeAnswer) => void;
  readonly #reject: (error: unknown) => void;
  readonly #stop = () => this.#fail(this.#limits.signal.reason);
  #controller: Dispatcher.DispatchController | undefined;
  #failure: { error: Error } | undefined;
  #status = 0;
  #headers: Record<string, string> = {};
  #setCookies: string[] = none;
  #maxBytes: number | undefined;
  readonly #body = createPieces();
  #ignoredBytes = 0;

  constructor(limits: ExchangeLimits, resolve: (answer: WholeAnswer) => void, reject: (error: unknown) => void) {
    this.#limits = limits;
    this.#resolve = resolve;
    this.#reject = reject;
    limits.signal.addEventListener('abort', this.#stop);
  }

  /** It may have been cancelled while it waited for a connection. */
  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.#failure) controller.abort(this.#failure.error);
    else this.#controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    // 103 Early Hints and the like: the answer itself is still to come.
    if (status < 200) return;
    this.#status = status;
    this.#headers = flat(headers);
    const { 'set-cookie': cookies } = headers;
    if (cookies !== undefined) this.#setCookies = [cookies].flat();
    try {
      this.#maxBytes = this.#limits.maxBytes(status, this.#headers);
    } catch (error) {
      // Whatever it throws ends the exchange as it is.
      this.#fail(error as Error);
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#maxBytes === undefined) {
      this.#ignoredBytes += chunk.length;
      if (this.#ignoredBytes > maxIgnoredBytes) this.#end({ andAbort: true });
    } else if (this.#body.length + chunk.length > this.#maxBytes) this.#fail(tooLarge(this.#maxBytes));
    else this.#body.add(chunk);
  }

  onResponseEnd(): void {
    this.#end();
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#release();
    this.#reject(error);
  }

  #end({ andAbort } = { andAbort: false }): void {
    this.#release();
    this.#resolve({ status: this.#status, headers: this.#headers, setCookies: this.#setCookies, body: this.#body.bytes() });
    if (andAbort) this.#controller?.abort(new Error('The rest is not wanted.'));
  }

  #fail(error: Error): void {
    this.#failure = { error };
    this.#release();
    this.#reject(error);
    this.#controller?.abort(error);
  }

  #release(): void {
    this.#limits.signal.removeEventListener('abort', this.#stop);
  }
}

const none: string[] = [];

/** A comma between cookies could not be told from one in a date. */
function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const all: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && name !== 'set-cookie') all[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return all;
}
