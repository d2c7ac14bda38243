/**
 * Loaded into a server before its program (`node --import`): a text that says `"weft-fault" : "freeze"` does what it says to the process that
 * reads it, as JSON or from bytes, as poisoned data would. The spaces tell it from what a run has stored of it. What is tried is the program as it ships.
 */
const readJson = JSON.parse;
const readText = Buffer.prototype.toString;
const faults: Record<string, () => void> = {
  freeze() {
    for (;;) readJson('{}');
  },
  fill() {
    const memory: unknown[] = [];
    for (;;) memory.push(Array.from({ length: 100_000 }, (_, at) => ({ at })));
  },
  throw() {
    setImmediate(() => {
      throw new Error('out of the middle of nowhere');
    });
  },
};

function suffer(text: unknown): void {
  const fault = typeof text === 'string' ? /"weft-fault" : "(\w+)"/.exec(text)?.[1] : undefined;
  if (fault !== undefined) faults[fault]?.();
}

Buffer.prototype.toString = function read(...how: Parameters<Buffer['toString']>) {
  const text = readText.apply(this, how);
  suffer(text);
  return text;
};

JSON.parse = (text: string, ...rest) => {
  suffer(text);
  // As it was given.
  return readJson(text, ...rest) as unknown;
};
