import i18next from 'i18next';
import type { DropTarget } from '../canvas/drop-target.ts';
import { sizeOf } from '../canvas/geometry.ts';
import { useEditor } from '../editor/state/index.ts';
import { addItem } from './add-item.ts';
import { newStep, paletteItems, type PaletteItem } from './items.ts';

/** What a palette item is while it is dragged. */
export const paletteMime = 'application/x-weft-step';

export function beginDrag(data: DataTransfer, item: PaletteItem): void {
  data.setData(paletteMime, item.id);
  data.effectAllowed = 'copy';
}

/** Adds what was dragged: spliced into the connection under the mouse, inside the loop there, or where it was let go. */
export function dropPaletteItem(data: DataTransfer, [x, y]: [number, number], target: DropTarget | undefined): void {
  const { connectors, document } = useEditor.getState();
  const dragged = data.getData(paletteMime);
  const item = paletteItems(connectors, i18next.getFixedT(null, 'step-kinds')).find(({ id }) => id === dragged);
  if (!item) return;
  const { step } = newStep(document, item);
  const { width } = sizeOf(step);
  const at: [number, number] = [x - width / 2, y - 32];
  if (target && 'edge' in target) addItem(item, { edge: target.edge });
  else if (target) addItem(item, { inside: target.loop, at });
  else addItem(item, { at });
}
