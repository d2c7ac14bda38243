import { Link } from '@tanstack/react-router';
import type { FlowSummary } from '@weft/api';
import { useTranslation } from 'react-i18next';
import { useSwitchFlow, useWorkspaceId } from '../api/index.ts';
import { Badge, RelativeTime, RunStatusBadge, Switch, Table, Td, Th, Tr } from '../ui/index.ts';
import { useRowWindow } from '../ui/use-row-window.ts';
import { ConnectorIcons } from './connector-icons.tsx';
import { FlowMenu } from './flow-menu.tsx';
import { WeekChart } from './week-chart.tsx';
import { useSwitchedOff } from './use-switched-off.ts';
import './words.ts';

/** Of a row with its line, pixels. */
const rowHeight = 48;

export function FlowsTable({ flows }: { flows: FlowSummary[] }) {
  const { t } = useTranslation('flows');
  const { body, rows, above, below } = useRowWindow(flows, rowHeight);
  return (
    <Table label={t('title')} className="min-w-240">
      <thead>
        <tr>
          <Th>
            {/* Over the names, beside the icons in front of them. */}
            <span className="block pl-23">{t('column.flow')}</span>
          </Th>
          <Th className="w-31">{t('column.state')}</Th>
          <Th className="w-56">{t('column.lastRun')}</Th>
          <Th className="w-36">{t('column.week')}</Th>
          <Th className="w-30">{t('column.changed')}</Th>
          <Th className="w-14">
            <span className="sr-only">{t('column.actions')}</span>
          </Th>
        </tr>
      </thead>
      <tbody ref={body}>
        {above > 0 && <tr aria-hidden="true" style={{ height: above }} />}
        {rows.map((flow) => (
          <FlowRow key={flow.id} flow={flow} />
        ))}
        {below > 0 && <tr aria-hidden="true" style={{ height: below }} />}
      </tbody>
    </Table>
  );
}

function FlowRow({ flow }: { flow: FlowSummary }) {
  const { t } = useTranslation('flows');
  const workspace = useWorkspaceId();
  return (
    <Tr className="relative">
      <Td>
        <span className="flex items-center gap-3">
          <span className="w-20 shrink-0">
            <ConnectorIcons connectors={flow.connectors} />
          </span>
          {/* The link covers the row; what else can be pressed in it lies above. */}
          <Link
            to="/w/$workspace/flows/$flow"
            params={{ workspace, flow: flow.id }}
            title={flow.title}
            className="one-line rounded-sm text-base font-medium text-fg after:absolute after:inset-0"
          >
            {flow.title}
          </Link>
          {flow.published && flow.unpublishedChanges && (
            <span className="max-sm:hidden">
              <Badge tone="warn" title={t('unpublishedHint')}>
                {t('unpublished')}
              </Badge>
            </span>
          )}
        </span>
      </Td>
      <Td>
        <FlowState flow={flow} />
      </Td>
      <Td>
        {flow.lastRun === null ? (
          <span className="text-subtle">{t('neverRan')}</span>
        ) : (
          <Link
            to="/w/$workspace/runs/$run"
            params={{ workspace, run: flow.lastRun.id }}
            className="relative z-1 inline-flex items-center gap-2 rounded-sm text-muted hover:text-fg"
          >
            <span className="sr-only">{t('openLastRun', { title: flow.title })}</span>
            <RunStatusBadge status={flow.lastRun.status} />
            <RelativeTime at={flow.lastRun.startedAt} />
          </Link>
        )}
      </Td>
      <Td>
        <span className="flex items-center gap-3">
          <WeekChart week={flow.week} />
          <SuccessRate week={flow.week} />
        </span>
      </Td>
      <Td className="text-muted">
        <RelativeTime at={flow.updatedAt} />
      </Td>
      <Td className="py-0">
        <span className="relative z-1">
          <FlowMenu flow={flow} />
        </span>
      </Td>
    </Tr>
  );
}

/** A flow that was never published cannot be on; publishing switches it on. */
function FlowState({ flow }: { flow: FlowSummary }) {
  const { t } = useTranslation('flows');
  const switchFlow = useSwitchFlow();
  const switchedOff = useSwitchedOff();
  if (!flow.published) return <Badge title={t('notPublishedHint')}>{t('notPublished')}</Badge>;
  return (
    <span className="relative z-1 inline-flex items-center gap-2">
      <Switch
        label={t('switch', { title: flow.title })}
        labelHidden
        checked={flow.enabled}
        onChange={(enabled) => switchFlow.mutate({ flow: flow.id, enabled }, { onSuccess: () => void (enabled || switchedOff(flow.id)) })}
      />
      {flow.enabled && flow.paused ? (
        <Badge tone="warn" title={t('pausedHint')}>
          {t('paused')}
        </Badge>
      ) : flow.enabled && flow.triggerError !== null ? (
        <Badge tone="danger" title={flow.triggerError}>
          {t('failing')}
        </Badge>
      ) : (
        <span aria-hidden="true" className={flow.enabled ? 'text-fg' : 'text-subtle'}>
          {flow.enabled ? t('on') : t('off')}
        </span>
      )}
    </span>
  );
}

function SuccessRate({ week }: { week: FlowSummary['week'] }) {
  const succeeded = week.reduce((sum, day) => sum + day.succeeded, 0);
  const all = week.reduce((sum, day) => sum + day.failed, succeeded);
  if (all === 0) return null;
  const percent = (succeeded / all) * 100;
  // 99.96 % is not all of them.
  return <span className="tabular text-muted">{percent === 100 ? '100' : Math.min(99, Math.round(percent))}&thinsp;%</span>;
}
