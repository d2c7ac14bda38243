import type { Json } from '@weft/json-schema';
import { HttpProblem, invalid } from './problem.ts';

const defaultLimitBytes = 8 * 1024 * 1024;
const maxDepth = 200;

interface JsonBodyOptions {
  /** Default 8 MiB. */
  limitBytes?: number;
}

/**
 * The JSON body of a request, bounded in size and depth before anybody looks at it.
 * @throws {HttpProblem} 413, 415 or 400.
 */
export async function readJsonBody(request: Request, { limitBytes = defaultLimitBytes }: JsonBodyOptions = {}): Promise<Json> {
  if (!isJson(request)) {
    throw new HttpProblem(415, 'content.unsupported', 'Send the body as application/json.');
  }
  const text = new TextDecoder().decode(await readBytes(request, limitBytes));
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new HttpProblem(400, 'json.malformed', `The body is not valid JSON: ${(error as Error).message}.`, { cause: error });
  }
  checkShape(value);
  return value;
}

export const isJson = (request: Request): boolean =>
  /^application\/(?:[a-z0-9.+-]+\+)?json\s*(?:;|$)/i.test(request.headers.get('content-type') ?? '');

/** Reads at most `limitBytes`, whatever the headers promise. */
export async function readBytes(request: Request, limitBytes: number): Promise<Uint8Array> {
  const encoding = request.headers.get('content-encoding');
  if (encoding && encoding !== 'identity') {
    throw new HttpProblem(415, 'content.encoding', 'Send the body without compression.');
  }
  const tooLarge = () => new HttpProblem(413, 'content.too_large', `The body is larger than ${inWords(limitBytes)}.`);
  if (Number(request.headers.get('content-length') ?? 0) > limitBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength;
    if (length > limitBytes) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Nesting and names that no honest caller needs; walked without recursion, so depth cannot overflow the stack. */
function checkShape(root: Json): void {
  const pending: [value: Json, depth: number][] = [[root, 0]];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const [value, depth] = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= maxDepth) throw invalid(`The body is nested deeper than ${maxDepth} levels.`);
    if (!Array.isArray(value) && Object.hasOwn(value, '__proto__')) throw invalid('The body has a field named __proto__.');
    for (const child of Object.values(value)) pending.push([child, depth + 1]);
  }
}

function inWords(bytes: number): string {
  return bytes >= 1024 * 1024 ? `${Math.round(bytes / 1024 / 1024)} MB` : `${Math.round(bytes / 1024)} kB`;
}
