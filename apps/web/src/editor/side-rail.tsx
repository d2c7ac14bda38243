import { List, Plus } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { cx, IconButton } from '../ui/index.ts';
import { Side } from './side.tsx';
import { hideSide, showSide, useEditorView } from './state/index.ts';

/** In place of the palette and the outline where an open step needs their room: they lie over the canvas when they are asked for. */
export function SideRail() {
  const { t } = useTranslation('editor');
  const shown = useEditorView((state) => state.sideShown);
  const side = useEditorView((state) => state.side);
  const ref = useRef<HTMLDivElement>(null);
  const [dragging, setDragging] = useState(false);

  useEffect(() => {
    if (shown) ref.current?.querySelector<HTMLElement>('[data-palette-search], [data-outline]')?.focus();
  }, [shown, side]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    hideSide();
    ref.current?.querySelector<HTMLElement>(`[data-side="${side}"]`)?.focus();
  };
  const toggle = (which: typeof side) => (shown && side === which ? hideSide() : showSide(which));

  return (
    <div ref={ref} role="presentation" onKeyDown={onKeyDown} className="relative z-20 flex">
      <div className="flex w-11 shrink-0 flex-col items-center gap-1 border-r border-line bg-surface py-3">
        <IconButton
          label={t('commands.palette')}
          icon={<Plus />}
          size="md"
          data-side="palette"
          aria-expanded={shown && side === 'palette'}
          onClick={() => toggle('palette')}
        />
        <IconButton
          label={t('commands.outline')}
          icon={<List />}
          size="md"
          data-side="outline"
          aria-expanded={shown && side === 'outline'}
          onClick={() => toggle('outline')}
        />
      </div>
      {shown && (
        // What is dragged out of it may be dropped on the canvas below. A moment later: the browser draws what is dragged first.
        <div
          role="presentation"
          onDragStart={() => setTimeout(() => setDragging(true))}
          onDragEnd={() => setDragging(false)}
          className={cx('absolute inset-y-0 left-11 w-62 border-r border-line shadow-pop', dragging && 'pointer-events-none opacity-40')}
        >
          <Side />
        </div>
      )}
    </div>
  );
}
