/**
 * Loaded into a server before its program (`node --import`): a JSON text that says `"weft-fault" : "freeze"` does what it says to the process
 * that reads it, as poisoned data would. The spaces tell it from what a run has stored of it. What is tried is the program as it ships.
 */
const readJson = JSON.parse;
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

JSON.parse = (text: string, ...rest) => {
  const fault = typeof text === 'string' ? /"weft-fault" : "(\w+)"/.exec(text)?.[1] : undefined;
  if (fault !== undefined) faults[fault]?.();
  // As it was given.
  return readJson(text, ...rest) as unknown;
};
