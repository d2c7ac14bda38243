import { ChevronRight } from 'lucide-react';
import { cx } from '../../ui/index.ts';

/** The mouse's way to what ArrowRight does. Takes its room in rows that hold nothing, too. */
export function RowToggle({ row, onToggle }: { row: { expandable: boolean; open: boolean }; onToggle: () => void }) {
  return (
    <span
      aria-hidden="true"
      onClick={(event) => {
        event.stopPropagation();
        onToggle();
      }}
      onDoubleClick={(event) => event.stopPropagation()}
      className={cx('flex size-5 shrink-0 items-center justify-center rounded-sm', row.expandable ? 'hover:bg-pressed' : 'invisible')}
    >
      <ChevronRight className={cx('size-3.5 text-subtle transition-transform duration-100', row.open && 'rotate-90')} />
    </span>
  );
}
