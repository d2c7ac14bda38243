import type { Step } from '@weft/flow';
import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useMe, useWorkspaceId } from '../api/index.ts';
import { Notice } from '../ui/index.ts';
import './words.ts';

/** Says of a step that calls the practice service that nothing real is behind it, and leads to the page that shows what arrived. */
export function PracticeNotice({ step }: { step: Extract<Step, { kind: 'action' }> }) {
  const { t } = useTranslation('inspector');
  const workspaceId = useWorkspaceId();
  const me = useMe();
  const practiceUrl = me.data?.workspaces.find(({ id }) => id === workspaceId)?.practiceUrl;
  if (!practiceUrl || !calls(step, practiceUrl)) return null;
  return (
    <Notice
      action={
        <a href={practiceUrl} target="_blank" rel="noreferrer" className="inline-flex shrink-0 items-center gap-1 font-medium text-accent-text hover:underline">
          {t('practice.open')}
          <ExternalLink aria-hidden="true" className="size-3.5" />
        </a>
      }
    >
      {t('practice.text')}
    </Notice>
  );
}

function calls(step: Extract<Step, { kind: 'action' }>, practiceUrl: string): boolean {
  return (step.input?.rules ?? []).some(({ value }) =>
    value !== undefined && 'const' in value && typeof value.const === 'string' && value.const.startsWith(practiceUrl));
}
