import type { Page } from '@playwright/test';

export interface ListLoad {
  /** Milliseconds from the start of the navigation. */
  readyMs: number;
  /** Kilobytes that the page read from the API, uncompressed. */
  dataKb: number;
}

/** Opens the list of flows with an empty cache and waits until its rows stand and the page has been idle for a frame. */
export async function listLoad(page: Page, url: string): Promise<ListLoad> {
  await page.addInitScript(watchForRows);
  let bytes = 0;
  const read: Promise<unknown>[] = [];
  page.on('response', (response) => {
    if (!response.url().includes('/api/v1/') || response.url().includes('/events')) return;
    read.push(response.body().then((body) => (bytes += body.length), () => undefined));
  });
  await page.goto(url, { waitUntil: 'commit' });
  await page.waitForFunction(() => 'weftReadyMs' in globalThis, undefined, { timeout: 60_000 });
  const readyMs = await page.evaluate(() => (globalThis as unknown as { weftReadyMs: number }).weftReadyMs);
  await Promise.all(read);
  return { readyMs: Math.round(readyMs), dataKb: Math.round(bytes / 1_000) };
}

/** Runs in the page, before anything of it. */
function watchForRows(): void {
  const look = () => {
    if (document.querySelectorAll('tbody tr').length < 10) return requestAnimationFrame(look);
    return requestIdleCallback(() =>
      requestIdleCallback(() => {
        (globalThis as unknown as { weftReadyMs: number }).weftReadyMs = performance.now();
      }),
    );
  };
  requestAnimationFrame(look);
}
