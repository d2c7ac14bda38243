import { useReactFlow } from '@xyflow/react';
import { Maximize, Minus, Plus, StickyNote, WandSparkles } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { addNote, freshNoteId } from '../editor/commands/index.ts';
import { dispatch, useEditor } from '../editor/state/index.ts';
import { IconButton } from '../ui/index.ts';
import { useCanvasView } from './canvas-view.ts';
import { defaultNoteSize } from './graph.ts';
import { tidy } from './tidy.ts';
import { useFit } from './use-fit.ts';

/** What changes the view, and the two things that belong to the drawing and not to the flow. */
export function CanvasControls() {
  const { t } = useTranslation('canvas');
  const { zoomIn, zoomOut, screenToFlowPosition } = useReactFlow();
  const fit = useFit();
  const readOnly = useEditor((state) => state.readOnly);

  const zoom = (by: () => Promise<boolean>) => {
    useCanvasView.setState({ fitted: false });
    void by();
  };
  const note = () => {
    const pane = document.querySelector('.weft-canvas')?.getBoundingClientRect();
    const middle = pane ? { x: pane.left + pane.width / 2, y: pane.top + pane.height / 3 } : { x: 0, y: 0 };
    const { x, y } = screenToFlowPosition(middle);
    dispatch(addNote({ id: freshNoteId(useEditor.getState().document), text: '', at: [x - defaultNoteSize[0] / 2, y] }));
  };

  return (
    <div
      role="toolbar"
      aria-label={t('controls.label')}
      className="absolute bottom-3 left-3 z-10 flex gap-0.5 rounded-lg border border-line bg-raised p-0.5 shadow-pop"
    >
      <IconButton label={t('controls.zoomOut')} icon={<Minus />} shortcut="-" onClick={() => zoom(zoomOut)} />
      <IconButton label={t('controls.zoomIn')} icon={<Plus />} shortcut="+" onClick={() => zoom(zoomIn)} />
      <IconButton label={t('controls.fit')} icon={<Maximize />} shortcut="0" onClick={fit} />
      {!readOnly && (
        <>
          <span aria-hidden="true" className="mx-0.5 my-1 w-px bg-line" />
          <IconButton label={t('controls.tidy')} icon={<WandSparkles />} onClick={() => void tidy()} />
          <IconButton label={t('controls.note')} icon={<StickyNote />} onClick={note} />
        </>
      )}
    </div>
  );
}
