import { Link } from '@tanstack/react-router';
import type { RunSummary } from '@weft/api';
import { BookmarkCheck, CircleStop, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useCancelRun, useWorkspaceId } from '../api/index.ts';
import { sentenceOf } from '../locales/sentence-of.ts';
import { Badge, Checkbox, ClockTime, formatDateTime, formatDuration, IconButton, RunStatusBadge, Table, Td, Th, Tr } from '../ui/index.ts';
import { queueReasonText } from './queue-reason.tsx';
import { calledRun, isOver } from './run-facts.ts';
import '../replay/words.ts';

export interface RunsTableProps {
  runs: RunSummary[];
  /** Failed runs that are chosen for a retry. */
  selected: ReadonlySet<string>;
  onSelect: (selected: ReadonlySet<string>) => void;
}

export function RunsTable({ runs, selected, onSelect }: RunsTableProps) {
  const { t } = useTranslation(['runs', 'replay']);
  const failed = runs.filter(({ status }) => status === 'failed').map(({ id }) => id);
  const chosen = failed.filter((id) => selected.has(id)).length;
  const choose = (ids: readonly string[], on: boolean) => onSelect(new Set([...[...selected].filter((id) => on || !ids.includes(id)), ...(on ? ids : [])]));
  return (
    <Table label={t('title')} className="min-w-180">
      <thead>
        <tr>
          <Th className="w-10">
            {failed.length > 0 && (
              <Checkbox
                label={t('replay:retry.selectAll')}
                labelHidden
                checked={chosen === failed.length}
                indeterminate={chosen > 0 && chosen < failed.length}
                onChange={(on) => choose(failed, on)}
              />
            )}
          </Th>
          <Th className="w-33">{t('column.status')}</Th>
          <Th>{t('column.flow')}</Th>
          <Th className="w-25">{t('column.kind')}</Th>
          <Th className="w-32">{t('column.started')}</Th>
          <Th className="w-29 text-right">{t('column.took')}</Th>
          <Th className="w-14">
            <span className="sr-only">{t('column.actions')}</span>
          </Th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunRow key={run.id} run={run} selected={selected.has(run.id)} onSelect={(on) => choose([run.id], on)} />
        ))}
      </tbody>
    </Table>
  );
}

function RunRow({ run, selected, onSelect }: { run: RunSummary; selected: boolean; onSelect: (on: boolean) => void }) {
  const { t, i18n } = useTranslation(['runs', 'replay']);
  const workspace = useWorkspaceId();
  const cancel = useCancelRun();
  return (
    <Tr className="relative">
      <Td>
        {run.status === 'failed' && (
          <span className="relative z-1 flex">
            <Checkbox
              label={t('replay:retry.select', { time: formatDateTime(run.createdAt, i18n.language) })}
              labelHidden
              checked={selected}
              onChange={onSelect}
            />
          </span>
        )}
      </Td>
      <Td>
        <RunStatusBadge status={run.status} />
      </Td>
      <Td>
        {/* The link covers the row; what else can be pressed in it lies above. */}
        <Link
          to="/w/$workspace/runs/$run"
          params={{ workspace, run: run.id }}
          title={run.flowTitle}
          className="block one-line rounded-sm font-medium text-fg after:absolute after:inset-0"
        >
          {run.pinned && <BookmarkCheck aria-label={t('replay:name.kept')} className="mr-1 inline size-3.5 text-accent-text" />}
          {calledRun(run)}
          {calledRun(run) !== run.flowTitle && <span className="ml-2 font-normal text-muted">{run.flowTitle}</span>}
        </Link>
        {run.queued && (
          <span className="block one-line text-xs text-muted" title={queueReasonText(run.queued, t)}>
            {queueReasonText(run.queued, t)}
          </span>
        )}
        {(run.openDeadLetters > 0 || run.warnings > 0 || run.lastReplay || run.error) && (
          <span className="flex items-baseline gap-2 text-xs text-muted">
            {run.warnings > 0 && (
              <Badge tone="warn" icon={<TriangleAlert aria-hidden="true" />}>
                {t('warnings', { count: run.warnings, number: new Intl.NumberFormat(i18n.language).format(run.warnings) })}
              </Badge>
            )}
            {run.openDeadLetters > 0 && (
              <Link
                to="/w/$workspace/runs/$run"
                params={{ workspace, run: run.id }}
                search={{ tab: 'dead-letters' }}
                className="relative z-1 shrink-0 rounded-sm font-medium text-danger-text hover:underline"
              >
                {t('letters', { count: run.openDeadLetters, number: new Intl.NumberFormat(i18n.language).format(run.openDeadLetters) })}
              </Link>
            )}
            {run.lastReplay && (
              <Link
                to="/w/$workspace/runs/$run"
                params={{ workspace, run: run.lastReplay.id }}
                className="relative z-1 shrink-0 rounded-sm font-medium text-accent-text hover:underline"
              >
                {t('replayed', { status: t(`ui:runStatus.${run.lastReplay.status}`) })}
              </Link>
            )}
            {run.error?.stepKey !== undefined && (
              <Link
                to="/w/$workspace/flows/$flow"
                params={{ workspace, flow: run.flowId }}
                search={{ run: run.id }}
                className="relative z-1 inline-flex min-h-6 shrink-0 items-center rounded-sm font-medium text-accent-text hover:underline"
              >
                {t('openStep')}
              </Link>
            )}
            {run.error && (
              <span className="one-line min-w-0" title={sentenceOf(run.error)}>
                {sentenceOf(run.error)}
              </span>
            )}
          </span>
        )}
      </Td>
      <Td className="whitespace-nowrap text-muted">{run.mode === 'test' ? t('mode.test') : t('version', { number: run.version })}</Td>
      <Td className="text-muted">
        <ClockTime at={run.createdAt} />
      </Td>
      <Td className="tabular text-right whitespace-nowrap text-muted">{run.durationMs === null ? '–' : formatDuration(run.durationMs)}</Td>
      <Td className="py-0">
        {!isOver(run.status) && (
          <span className="relative z-1">
            <IconButton label={t('cancel')} icon={<CircleStop />} disabled={cancel.isPending} onClick={() => cancel.mutate(run.id)} />
          </span>
        )}
      </Td>
    </Tr>
  );
}
