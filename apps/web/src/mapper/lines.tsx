import { useMemo, type RefObject } from 'react';
import { useElementSize } from './use-element-size.ts';
import { useMapper } from './mapper-state.ts';
import { useMapperContext } from './mapper-context.ts';
import { placeKey } from './rules/places.ts';
import { targetRowHeight } from './target-row-view.tsx';
import { anchorOf, linePath } from './tree/line-geometry.ts';
import { mappingLines, rowIndexOf, type MappingLine } from './tree/mapping-lines.ts';
import { sourceRowHeight } from './tree/source-row-view.tsx';

interface LinesProps {
  /** Where both lists are scrolled to. */
  fromTop: number;
  toTop: number;
  /** Height of both lists' heads, which stand above the lines. */
  head: number;
  container: RefObject<HTMLDivElement | null>;
}

/** The lines between the two trees. Only drawn: all they say is said by the rows, so they are hidden from readers. */
export function Lines({ fromTop, toTop, head, container }: LinesProps) {
  const { model, sourceRows, targetRows } = useMapperContext();
  const { width, height } = useElementSize(container);
  const hovered = useMapper((state) => state.hovered);
  const selected = useMapper((state) => state.selected);
  const lines = useMemo(() => mappingLines(model.document), [model.document]);
  const fromIndex = useMemo(() => new Map(sourceRows.map((row, index) => [row.key, index])), [sourceRows]);
  const toIndex = useMemo(() => new Map(targetRows.map((row, index) => [row.key, index])), [targetRows]);
  const view = { height: Math.max(0, height - head), top: head };
  const drawn = lines.flatMap((line) => {
    const from = rowIndexOf(fromIndex, line.fromPlace);
    const to = toIndex.get(line.to) ?? rowIndexOf(toIndex, line.toPlace);
    if (from === undefined || to === undefined) return [];
    const start = anchorOf(from, { ...view, rowHeight: sourceRowHeight, scrollTop: fromTop });
    const end = anchorOf(to, { ...view, rowHeight: targetRowHeight, scrollTop: toTop });
    if (!start.visible && !end.visible) return [];
    return [{ line, start, end }];
  });
  return (
    <div ref={container} className="relative min-h-0 min-w-0 bg-page">
      <svg aria-hidden="true" className="absolute inset-0 size-full overflow-visible">
        {drawn.map(({ line, start, end }) => {
          const strong = isStrong(line, hovered, selected);
          const faint = !start.visible || !end.visible;
          return (
            <path
              key={line.key}
              d={linePath(start.y, end.y, width)}
              fill="none"
              stroke={strong ? 'var(--accent)' : 'var(--mapping-line)'}
              strokeWidth={strong ? 2 : 1.25}
              strokeDasharray={line.loop ? '5 4' : undefined}
              opacity={strong ? 1 : faint ? 0.25 : 0.6}
            />
          );
        })}
      </svg>
    </div>
  );
}

function isStrong(line: MappingLine, hovered: string | null, selected: string | null): boolean {
  return hovered === `from:${line.from}` || hovered === `to:${line.to}` || selected === line.to || selected === placeKey(line.toPlace);
}
