import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Segmented } from '../ui/index.ts';
import { useWidth } from './use-width.ts';
import './words.ts';

export interface Pane {
  id: string;
  label: string;
  content: ReactNode;
  /** A few facts beside its name. */
  extra?: ReactNode;
  /** In a wide place it does not stand beside the others: one looks at it seldom. */
  alone?: boolean;
}

export interface PanesProps {
  panes: readonly Pane[];
  /** Shown first where only one has room. */
  first: string;
  /** Behind the choice, at the end of the line. */
  end?: ReactNode;
}

const widePx = 680;

/** Two things side by side where there is room, else one of them at a time. */
export function Panes({ panes, first, end }: PanesProps) {
  const { t } = useTranslation('run-panel');
  const [ref, width] = useWidth();
  const [wanted, setWanted] = useState<string>();
  const pairs = panes.filter(({ alone }) => !alone);
  const isWide = width >= widePx && pairs.length > 1;
  const both = { id: 'both', label: pairs.map(({ label }) => label).join(' + ') };
  const choices = isWide ? [both, ...panes.filter(({ alone }) => alone)] : panes;
  const shown = choices.find(({ id }) => id === wanted)?.id ?? (isWide ? both.id : (panes.find(({ id }) => id === first)?.id ?? panes[0]?.id ?? ''));
  const visible = shown === both.id ? pairs : panes.filter(({ id }) => id === shown);
  return (
    <div ref={ref} className="flex min-h-44 flex-1 flex-col">
      {(choices.length > 1 || end !== undefined || (visible.length === 1 && visible[0]?.extra !== undefined)) && (
        <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-2 py-1">
          {choices.length > 1 && (
            <Segmented
              size="sm"
              label={t('details.show')}
              value={shown}
              onChange={setWanted}
              options={choices.map(({ id, label }) => ({ value: id, label }))}
            />
          )}
          {visible.length === 1 && visible[0]?.extra}
          {end}
        </div>
      )}
      <div className="flex min-h-0 flex-1 divide-x divide-line">
        {visible.map(({ id, label, content, extra }) => (
          <div key={id} className="flex min-h-0 min-w-0 flex-1 flex-col">
            {visible.length > 1 && (
              <div className="flex min-h-8 shrink-0 items-center gap-2 px-3">
                <h3 className="text-xs font-semibold text-muted">{label}</h3>
                {extra}
              </div>
            )}
            {content}
          </div>
        ))}
      </div>
    </div>
  );
}

/** A sentence where there is nothing to show. */
export const PaneText = ({ children }: { children: ReactNode }) => <p className="px-3 py-2 text-sm text-muted">{children}</p>;
