/** Takes the keyboard's focus to the flow: its step in the order of the Tab key, the first question of an empty one, or else the page. */
export function focusFlow(): void {
  const first = (selector: string) => document.querySelector<HTMLElement>(selector);
  const place = first('.weft-canvas [data-step][tabindex="0"]') ?? first('.weft-canvas [data-start] button') ?? first('main');
  place?.focus({ preventScroll: true });
}
