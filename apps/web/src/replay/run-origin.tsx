import { Link } from '@tanstack/react-router';
import type { RunDetail, RunLink } from '@weft/api';
import { CornerDownRight, History } from 'lucide-react';
import type { ReactNode } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { stepIdOf } from '@weft/flow';
import { useWorkspaceId } from '../api/index.ts';
import { RelativeTime, RunStatusBadge } from '../ui/index.ts';
import './words.ts';

/** The runs that a run comes from, and those that replay it. */
export function RunOrigin({ run }: { run: RunDetail }) {
  const { t } = useTranslation('replay');
  const { replays, replayedBy, parent } = run;
  if (!replays && !parent && replayedBy.length === 0) return null;
  const titleOf = ({ stepKey, stepTitle }: RunLink) => run.document.steps[stepIdOf(stepKey)]?.title ?? stepTitle ?? stepKey;
  return (
    <aside aria-label={t('links.label')} className="flex shrink-0 flex-col gap-1 border-b border-line bg-raised px-6 py-2 text-sm text-muted">
      {parent && (
        <Line icon={<CornerDownRight />}>
          <Trans
            t={t}
            i18nKey="links.parent"
            values={{ flow: parent.flowTitle, title: parent.stepTitle ?? parent.stepKey }}
            components={{ run: <RunAnchor link={parent} /> }}
          />
        </Line>
      )}
      {replays && (
        <Line icon={<History />}>
          {replays.status === null
            ? t('links.replaysGone')
            : <Trans t={t} i18nKey="links.replays" values={{ title: titleOf(replays) }} components={{ run: <RunAnchor link={replays} /> }} />}
        </Line>
      )}
      {replayedBy.length > 0 && (
        <Line icon={<History />}>
          {t('links.replayed', { count: replayedBy.length })}
          <ul className="mt-0.5 flex flex-wrap gap-x-4 gap-y-1">
            {replayedBy.map((link) => (
              <li key={link.id} className="flex items-center gap-1.5">
                <RunAnchor link={link}>{link.createdAt !== null && <RelativeTime at={link.createdAt} />}</RunAnchor>
                <span>{t('links.from', { title: titleOf(link) })}</span>
                {link.status !== null && <RunStatusBadge status={link.status} />}
              </li>
            ))}
          </ul>
        </Line>
      )}
    </aside>
  );
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <div className="flex items-start gap-2 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0">
      {icon}
      <div>{children}</div>
    </div>
  );
}

/** A link to a run's own page. */
export function RunAnchor({ link, children }: { link: Pick<RunLink, 'id'>; children?: ReactNode }) {
  const workspace = useWorkspaceId();
  return (
    <Link
      to="/w/$workspace/runs/$run"
      params={{ workspace, run: link.id }}
      className="rounded-sm font-medium text-accent-text underline-offset-2 hover:underline"
    >
      {children}
    </Link>
  );
}
