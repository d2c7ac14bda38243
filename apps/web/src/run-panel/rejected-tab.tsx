import type { Rejection } from '@weft/api';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useRejections } from '../api/index.ts';
import { Badge, Button, EmptyState, ErrorState, RelativeTime, SkeletonRows, toast } from '../ui/index.ts';
import { ListLine } from './list-line.tsx';
import { showAside, showTab, writePasted } from './panel-state.ts';
import { PaneText } from './panes.tsx';
import { TwoPanes } from './run-browser.tsx';
import './words.ts';

/** Calls that never became a run, with the reason; live. */
export function RejectedTab({ flowId }: { flowId: string }) {
  const { t } = useTranslation('run-panel');
  const rejections = useRejections(flowId);
  const [chosen, setChosen] = useState<string>();
  if (rejections.isPending) return <SkeletonRows rows={4} />;
  if (rejections.isError) return <ErrorState text={messageOf(rejections.error)} retry={() => void rejections.refetch()} />;
  const rows = rejections.data;
  const shown = rows.find(({ id }) => id === chosen) ?? rows[0];
  if (!shown) return <EmptyState icon={<ShieldCheck />} title={t('rejected.empty.title')} text={t('rejected.empty.text')} />;
  return (
    <TwoPanes
      id="weft.run.rejected"
      left={
        <ul aria-label={t('rejected.label')} className="min-h-0 flex-1 overflow-auto">
          {rows.map((rejection) => (
            <RejectionLine key={rejection.id} rejection={rejection} isShown={rejection.id === shown.id} onOpen={() => setChosen(rejection.id)} />
          ))}
        </ul>
      }
      right={<RejectionDetails rejection={shown} />}
    />
  );
}

function RejectionLine({ rejection, isShown, onOpen }: { rejection: Rejection; isShown: boolean; onOpen: () => void }) {
  return (
    <ListLine isShown={isShown} onOpen={onOpen}>
      <span className="flex-1">
        <Reason reason={rejection.reason} />
      </span>
      <span className="text-muted">
        <RelativeTime at={rejection.at} />
      </span>
    </ListLine>
  );
}

function RejectionDetails({ rejection }: { rejection: Rejection }) {
  const { t } = useTranslation('run-panel');
  const use = () => {
    writePasted(rejection.excerpt);
    showTab('run');
    showAside('payload');
    toast.info(t('rejected.used'));
  };
  return (
    <section aria-label={t('rejected.label')} className="flex min-h-0 flex-1 flex-col">
      <div className="flex shrink-0 flex-col items-start gap-1 border-b border-line px-3 py-2">
        <Reason reason={rejection.reason} />
        <p className="text-sm break-words">{rejection.message}</p>
      </div>
      {rejection.excerpt === '' ? (
        <PaneText>{t('rejected.noBody')}</PaneText>
      ) : (
        <>
          <div className="flex shrink-0 items-center justify-between gap-2 px-3 py-1.5">
            <h3 className="text-xs font-semibold text-muted">{t('rejected.body')}</h3>
            <Button size="sm" onClick={use}>
              {t('rejected.use')}
            </Button>
          </div>
          {/* A region that scrolls must be reachable by keyboard. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <pre tabIndex={0} className="focus-inset min-h-0 flex-1 overflow-auto px-3 pb-2 font-mono text-xs break-all whitespace-pre-wrap">
            {rejection.excerpt}
          </pre>
        </>
      )}
    </section>
  );
}

function Reason({ reason }: { reason: string }) {
  const { t, i18n } = useTranslation('run-panel');
  return <Badge tone="warn">{i18n.exists(`run-panel:rejected.reason.${reason}`) ? t(`rejected.reason.${reason}`) : t('rejected.reason.other')}</Badge>;
}
