import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Palette } from '../palette/palette.tsx';
import { Segmented } from '../ui/index.ts';
import { showSide, useEditorView } from './state/index.ts';

const Outline = lazy(async () => ({ default: (await import('./outline.tsx')).Outline }));

/** What can be added, or what there is. Where it gives way to an open step, it stays as long as one works in it. */
export function Side() {
  const { t } = useTranslation('editor');
  const side = useEditorView((state) => state.side);
  const keep = () => showSide(side);
  return (
    <section aria-label={t('panels.palette')} onPointerDownCapture={keep} onKeyDownCapture={keep} className="flex h-full flex-col bg-surface">
      <div className="px-3 pt-3">
        <Segmented
          label={t('panels.palette')}
          value={side}
          onChange={showSide}
          options={[
            { value: 'palette', label: t('panels.palette') },
            { value: 'outline', label: t('panels.outline') },
          ]}
        />
      </div>
      <div className="min-h-0 flex-1"><Suspense>{side === 'palette' ? <Palette /> : <Outline />}</Suspense></div>
    </section>
  );
}
