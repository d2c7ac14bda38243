import type { ConnectorDescriptor, Operation } from '@weft/connector-sdk';
import { ChevronRight } from 'lucide-react';
import { lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Badge, cx, Skeleton } from '../ui/index.ts';
import { effectsOf } from './what-it-does.ts';
import './words.ts';

// Tables and payloads are only read where somebody opens one.
const OperationDetails = lazy(() => import('./operation-details.tsx').then((module) => ({ default: module.OperationDetails })));

export interface OperationCardProps {
  connector: Pick<ConnectorDescriptor, 'id' | 'version'>;
  operation: Operation;
  /** Open and in view at first. */
  wanted: boolean;
}

/** One thing an app does: in a line, and all of it when it is opened. */
export function OperationCard({ connector, operation, wanted }: OperationCardProps) {
  const { t } = useTranslation('apps');
  const [open, setOpen] = useState(wanted);
  const id = useId();
  const card = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (wanted) card.current?.scrollIntoView({ block: 'start' });
  }, [wanted]);
  const effects = effectsOf(operation);
  return (
    <li ref={card} id={operation.id} className="scroll-mt-4 border-b border-line last:border-b-0">
      <h3>
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
          className="focus-inset flex w-full items-start gap-2 px-4 py-3 text-left hover:bg-hover"
        >
          <ChevronRight aria-hidden="true" className={cx('mt-0.5 size-4 shrink-0 text-subtle transition-transform', open && 'rotate-90')} />
          <span className="min-w-0 flex-1">
            <span className="block text-sm font-medium">{operation.title}</span>
            <span className="block text-sm font-normal text-muted">{operation.description}</span>
          </span>
          <span className="flex shrink-0 gap-1.5">
            {operation.visibility === 'advanced' && <Badge>{t('advanced')}</Badge>}
            {operation.kind === 'action' && <Badge>{t(effects.size > 1 ? 'effect.byConfig' : `effect.${operation.effect}`)}</Badge>}
          </span>
        </button>
      </h3>
      <div id={id} hidden={!open} className="relative px-4 pt-1 pb-5 sm:pl-6">
        {open && (
          <Suspense fallback={<Skeleton className="h-24 w-full" />}>
            <OperationDetails connector={connector.id} version={connector.version} operation={operation} />
          </Suspense>
        )}
      </div>
    </li>
  );
}
