import { chromium, type Browser, type Page } from '@playwright/test';
import { chromiumPath } from '@weft/e2e/chromium';
import { startWeft, type WeftServer } from '@weft/e2e/server';
import { gridFlow } from './canvas/grid-flow.ts';
import { editorLoad, type EditorLoad } from './canvas/editor-load.ts';
import { framesWhile } from './canvas/frames.ts';
import { signIn } from './canvas/sign-in.ts';

/**
 * How soon the editor is ready and how smoothly it moves, in a real Chromium without a graphics card.
 *
 * - `readyMs…`: from the start of the navigation until steps are drawn and the page has had an idle frame, signed in, cache empty.
 * - `panFps2000`, `dragFps2000`: frames per second while 2,000 steps are panned, and while one is dragged, at the zoom where steps
 *   can be read. `dragFps500Fitted`: one of 500 is dragged with all of them in view.
 * - `editorJsKb`: kilobytes of JavaScript as they travel (compressed) until the editor is ready.
 */
export async function bench(): Promise<void> {
  const server = await startWeft();
  const executablePath = await chromiumPath();
  const browser = await chromium.launch({
    executablePath: executablePath || undefined,
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking'],
  });
  try {
    const figures = await measure(server, browser);
    console.table([
      { figure: 'ready with 10 steps, ms', value: figures.readyMs10, target: '≤ 1,000' },
      { figure: 'ready with 500 steps, ms', value: figures.readyMs500, target: '≤ 1,500' },
      { figure: 'pan 2,000 steps, frames/s', value: figures.panFps2000, target: '≥ 55' },
      { figure: 'drag one of 2,000, frames/s', value: figures.dragFps2000, target: '≥ 55' },
      { figure: 'drag one of 500 in view, frames/s', value: figures.dragFps500Fitted, target: '≥ 50' },
      { figure: 'JavaScript of the first load, kB', value: figures.editorJsKb, target: '≤ 450' },
    ]);
    console.log(JSON.stringify({ bench: 'canvas', ...figures }));
  } finally {
    await browser.close();
    await server.dispose();
  }
}

async function measure(server: WeftServer, browser: Browser) {
  const account = await signIn(server);
  const flows = {
    ten: await account.create(gridFlow(10)),
    fiveHundred: await account.create(gridFlow(500)),
    twoThousand: await account.create(gridFlow(2_000)),
  };
  const open = async <T>(flow: string, work: (page: Page, load: EditorLoad) => Promise<T>): Promise<T> => {
    const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'en-GB', storageState: account.state });
    const page = await context.newPage();
    try {
      return await work(page, await editorLoad(page, `${server.url}/w/${account.workspace}/flows/${flow}`));
    } finally {
      await context.close();
    }
  };

  const loads = async (flow: string) => {
    const times: EditorLoad[] = [];
    for (let round = 0; round < 5; round += 1) times.push(await open(flow, async (_page, load) => load));
    return times.toSorted((one, other) => one.readyMs - other.readyMs)[2] as EditorLoad;
  };
  const ten = await loads(flows.ten);
  const fiveHundred = await loads(flows.fiveHundred);
  const dragFps500Fitted = await open(flows.fiveHundred, async (page) => framesWhile(page, 'drag'));
  const [panFps2000, dragFps2000] = await open(flows.twoThousand, async (page) => {
    await zoomToReading(page);
    return [await framesWhile(page, 'pan'), await framesWhile(page, 'drag')];
  });
  return {
    panFps2000: panFps2000 ?? 0,
    dragFps2000: dragFps2000 ?? 0,
    dragFps500Fitted,
    readyMs10: ten.readyMs,
    readyMs500: fiveHundred.readyMs,
    editorJsKb: ten.scriptKb,
  };
}

/** Zooms in with the wheel, as a person does, until steps show their details. */
async function zoomToReading(page: Page): Promise<void> {
  const pane = page.locator('.react-flow__pane');
  const box = await pane.boundingBox();
  if (!box) throw new Error('The canvas is not on the page.');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  for (let step = 0; step < 60; step += 1) {
    const zoom = await page.evaluate(() => new DOMMatrix(getComputedStyle(document.querySelector('.react-flow__viewport') as Element).transform).a);
    if (zoom >= 0.75) return;
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -120);
    await page.keyboard.up('Control');
    await page.waitForTimeout(30);
  }
}
