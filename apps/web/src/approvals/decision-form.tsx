import type { Approval } from '@weft/api';
import { Check, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useDecide, usePeople } from '../api/index.ts';
import { Button, formatDateTime, Notice, TextArea, toast } from '../ui/index.ts';
import { ApprovalStatus } from './approval-status.tsx';
import './words.ts';

/**
 * Approve or reject with a comment; or who decided, and what they said.
 * @param compact - in one row, where there is little room.
 */
export function DecisionForm({ approval, compact = false }: { approval: Approval; compact?: boolean }) {
  const { t } = useTranslation('approvals');
  const [comment, setComment] = useState('');
  const decide = useDecide();
  if (approval.status !== 'open') return <Decided approval={approval} />;
  if (!approval.mayDecide) return <NotYours approval={approval} />;
  const send = (approved: boolean): void =>
    decide.mutate({ approval: approval.id, approved, comment }, { onSuccess: () => toast.success(approved ? t('approved') : t('rejected')) });
  const waits = decide.isPending ? decide.variables.approved : undefined;
  return (
    <div className={compact ? 'flex shrink-0 flex-wrap items-start gap-2' : 'flex flex-col gap-3'}>
      <TextArea
        rows={compact ? 1 : 2}
        label={t('comment')}
        labelHidden={compact}
        placeholder={compact ? t('comment') : undefined}
        hint={compact ? undefined : t('commentHint')}
        className="min-w-48 flex-1"
        maxLength={2_000}
        value={comment}
        onChange={setComment}
      />
      {decide.isError && <Notice tone="danger">{messageOf(decide.error)}</Notice>}
      <div className="flex gap-2">
        <Button variant="primary" icon={<Check />} loading={waits === true} disabled={decide.isPending} onClick={() => send(true)}>
          {t('approve')}
        </Button>
        <Button icon={<X />} loading={waits === false} disabled={decide.isPending} onClick={() => send(false)}>
          {t('reject')}
        </Button>
      </div>
    </div>
  );
}

function Decided({ approval: { status, decidedAt, decidedBy, comment } }: { approval: Approval }) {
  const { t, i18n } = useTranslation('approvals');
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p className="flex flex-wrap items-center gap-2 text-muted">
        <ApprovalStatus status={status} />
        {decidedBy && (
          <span title={decidedBy.email} className="font-medium text-fg">
            {t('by', { name: decidedBy.name })}
          </span>
        )}
        {decidedAt !== null && <time dateTime={decidedAt}>{formatDateTime(decidedAt, i18n.language)}</time>}
      </p>
      {comment !== '' && <blockquote className="border-l-2 border-line-strong pl-3 whitespace-pre-wrap text-fg">{comment}</blockquote>}
    </div>
  );
}

function NotYours({ approval: { assignees } }: { approval: Approval }) {
  const { t, i18n } = useTranslation('approvals');
  const people = usePeople();
  const names = assignees.users.map((id) => people.data?.find((person) => person.id === id)?.name ?? t('somebody'));
  const who = new Intl.ListFormat(i18n.language, { type: 'disjunction' }).format([...names, ...assignees.roles.map((role) => t(`roles.${role}`))]);
  return <p className="text-sm text-muted">{t('notYours', { who })}</p>;
}
