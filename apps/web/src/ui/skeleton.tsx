import { cx } from './cx.ts';

export interface SkeletonProps {
  /** Size and shape, for example `h-4 w-40`. */
  className?: string;
}

/** Stands where content will stand. Hidden from screen readers: the region itself carries `aria-busy`. */
export function Skeleton({ className }: SkeletonProps) {
  return <span aria-hidden="true" className={cx('block animate-pulse rounded-sm bg-pressed', className)} />;
}

/** Rows of a list that is being read. */
export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  return (
    <div aria-hidden="true" className="divide-y divide-line">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-13 items-center gap-4 px-4">
          <Skeleton className="size-6 rounded-md" />
          <Skeleton className={row % 3 === 0 ? 'h-3 w-64' : row % 3 === 1 ? 'h-3 w-48' : 'h-3 w-56'} />
          <Skeleton className="ml-auto h-3 w-20" />
          <Skeleton className="h-3 w-14" />
        </div>
      ))}
    </div>
  );
}
