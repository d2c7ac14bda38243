import type { Json } from '@weft/json-schema';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useVirtualRows } from '../ui/use-virtual-rows.ts';
import './words.ts';

interface JsonTextProps {
  value: Json;
  label: string;
  search: string;
}

const lineHeight = 18;
const maxLines = 200_000;

/** The payload as JSON text; only the lines in view are drawn. */
export function JsonText({ value, label, search }: JsonTextProps) {
  const { t } = useTranslation('data-view');
  const scroller = useRef<HTMLElement>(null);
  const lines = useMemo(() => JSON.stringify(value, null, 2).split('\n'), [value]);
  const wanted = search.trim().toLowerCase();
  const count = Math.min(lines.length, maxLines);
  const { items, height } = useVirtualRows(scroller, { count, rowHeight: lineHeight });
  const width = useMemo(() => Math.min(4000, Math.max(...lines.slice(0, 5000).map((line) => line.length))), [lines]);
  return (
    <>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section ref={scroller} tabIndex={0} aria-label={label} className="focus-inset min-h-0 flex-1 overflow-auto py-1 font-mono text-xs">
        <div style={{ height: height, position: 'relative', minWidth: `${width + 4}ch` }}>
          {items.map((item) => {
            const line = lines[item.index] ?? '';
            const hit = wanted !== '' && line.toLowerCase().includes(wanted);
            return (
              <div
                key={item.index}
                style={{ transform: `translateY(${item.start}px)`, height: lineHeight }}
                className={`absolute top-0 left-0 px-3 leading-[18px] whitespace-pre ${hit ? 'rounded-xs bg-warn-soft text-warn-text' : ''}`}
              >
                {line}
              </div>
            );
          })}
        </div>
      </section>
      {lines.length > maxLines && <p className="border-t border-line px-3 py-1 text-xs text-subtle">{t('tooLong', { count: maxLines })}</p>}
    </>
  );
}
