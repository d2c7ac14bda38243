import type { Page } from '@playwright/test';

/**
 * Frames per second while the mouse pans the canvas or drags a step, for three seconds.
 * @returns the middle of three rounds.
 */
export async function framesWhile(page: Page, what: 'pan' | 'drag'): Promise<number> {
  const rounds: number[] = [];
  for (let round = 0; round < 3; round += 1) rounds.push(await oneRound(page, what));
  return rounds.toSorted((one, other) => one - other)[1] as number;
}

async function oneRound(page: Page, what: 'pan' | 'drag'): Promise<number> {
  const start = what === 'drag' ? await middleOfAStep(page) : await emptySpot(page);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.evaluate(countFrames);
  const until = Date.now() + 3_000;
  for (let tick = 0; Date.now() < until; tick += 1) {
    await page.mouse.move(start.x + Math.sin(tick / 12) * 160, start.y + Math.cos(tick / 12) * 90);
  }
  const frames = await page.evaluate(() => (globalThis as unknown as { weftFrames: { count: number; from: number } }).weftFrames);
  const now = await page.evaluate(() => performance.now());
  await page.mouse.up();
  return Math.round((frames.count / (now - frames.from)) * 1_000);
}

/** Runs in the page. */
function countFrames(): void {
  const frames = { count: 0, from: performance.now() };
  (globalThis as unknown as { weftFrames: typeof frames }).weftFrames = frames;
  const tick = () => {
    frames.count += 1;
    if (performance.now() - frames.from < 10_000) requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
}

interface Spot {
  x: number;
  y: number;
}

async function middleOfAStep(page: Page): Promise<Spot> {
  const spot = await page.evaluate(() => {
    const pane = document.querySelector('.react-flow')?.getBoundingClientRect();
    if (!pane) return undefined;
    const boxes = [...document.querySelectorAll('.react-flow__node')].map((node) => node.getBoundingClientRect());
    const inside = boxes.filter((box) =>
      box.left > pane.left + 200 && box.right < pane.right - 200 && box.top > pane.top + 120 && box.bottom < pane.bottom - 120);
    const box = inside[Math.floor(inside.length / 2)];
    return box && { x: box.left + box.width / 2, y: box.top + box.height / 2 };
  });
  if (!spot) throw new Error('No step is in the middle of the canvas.');
  return spot;
}

async function emptySpot(page: Page): Promise<Spot> {
  const spot = await page.evaluate(() => {
    const pane = document.querySelector('.react-flow__pane')?.getBoundingClientRect();
    if (!pane) return undefined;
    for (let y = pane.top + 150; y < pane.bottom - 150; y += 7) {
      for (let x = pane.left + 250; x < pane.right - 250; x += 7) {
        if (document.elementFromPoint(x, y)?.classList.contains('react-flow__pane')) return { x, y };
      }
    }
    return undefined;
  });
  if (!spot) throw new Error('No empty place on the canvas was found.');
  return spot;
}
