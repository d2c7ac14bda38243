import type { Page } from '@playwright/test';

export interface EditorLoad {
  /** Milliseconds from the start of the navigation. */
  readyMs: number;
  /** Kilobytes of JavaScript as they travelled. */
  scriptKb: number;
}

/** Opens the editor with an empty cache and waits until steps are drawn and a frame has passed without work. */
export async function editorLoad(page: Page, url: string): Promise<EditorLoad> {
  await page.addInitScript(watchForSteps);
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Network.enable');
  const scripts = new Set<string>();
  let bytes = 0;
  devtools.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Script') scripts.add(requestId);
  });
  devtools.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => 'weftReadyMs' in globalThis, undefined, { timeout: 60_000 });
  const readyMs = await page.evaluate(() => (globalThis as unknown as { weftReadyMs: number }).weftReadyMs);
  return { readyMs: Math.round(readyMs), scriptKb: Math.round(bytes / 1_000) };
}

/** Runs in the page, before anything of it. */
function watchForSteps(): void {
  const look = () => {
    if (!document.querySelector('.react-flow__node')) return requestAnimationFrame(look);
    // Two idle callbacks: the main thread has finished what the first drawing started, so a click is answered at once.
    return requestIdleCallback(() =>
      requestIdleCallback(() => {
        (globalThis as unknown as { weftReadyMs: number }).weftReadyMs = performance.now();
      }),
    );
  };
  requestAnimationFrame(look);
}
