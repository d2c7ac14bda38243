import type { TriggerStep } from '@weft/flow';
import { useTranslation } from 'react-i18next';
import { useMe, useWorkspaceId } from '../api/index.ts';
import { useEditor } from '../editor/state/index.ts';
import { CopyButton } from '../ui/index.ts';
import { RejectedLink } from './rejected-link.tsx';
import './words.ts';

/** Where the other system is to call, and whether anybody listens there yet. */
export function WebhookAddress({ step }: { step: TriggerStep }) {
  const { t } = useTranslation('inspector');
  const workspace = useWorkspaceId();
  const me = useMe();
  const facts = useEditor((state) => state.facts);
  const path = step.config?.['path'];
  if (typeof path !== 'string' || path === '') return null;
  const url = `${me.data?.publicUrl ?? window.location.origin}/hooks/${workspace}/${path}`;
  const live = facts?.webhookUrl === url && facts.enabled;
  return (
    <div className="flex flex-col gap-1">
      <span className="text-xs font-medium">{t('webhook.address')}</span>
      <div className="flex items-center gap-2 rounded-md border border-line bg-sunken py-1 pr-1 pl-2">
        <code className="one-line flex-1 font-mono text-xs" title={url}>
          {url}
        </code>
        <CopyButton text={url} />
      </div>
      <p className="text-xs text-subtle">{live ? t('webhook.live') : t('webhook.notLive')}</p>
      {facts && <RejectedLink flowId={facts.id} />}
    </div>
  );
}
