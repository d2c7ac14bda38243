import { useTranslation } from 'react-i18next';
import { formatPath } from '@weft/json-schema';
import { sentenceOf } from '../locales/sentence-of.ts';
import { Button, Notice } from '../ui/index.ts';
import type { RunError } from './record/run-record.ts';
import { saysWhatToDo } from './says-what-to-do.ts';
import './words.ts';

export interface FailureNoticeProps {
  error: RunError;
  /** The run went on all the same. */
  wentOn?: boolean;
  /** What helps, as one button. */
  action?: { label: string; run: () => void } | undefined;
}

/** What went wrong, in a sentence, and what to do about it. */
export function FailureNotice({ error, wentOn, action }: FailureNoticeProps) {
  const { t } = useTranslation('run-panel');
  const message = sentenceOf(error);
  const hint = error.kind === 'unknown' || saysWhatToDo(message) ? '' : t(`hint.${error.kind}`);
  const [part, ...field] = error.path ?? [];
  return (
    <Notice
      tone={wentOn ? 'warn' : 'danger'}
      className="shrink-0 rounded-none border-b border-line"
      action={
        action && (
          <Button size="sm" onClick={action.run}>
            {action.label}
          </Button>
        )
      }
    >
      <p className="font-medium break-words">{message}</p>
      <p className="mt-0.5 text-xs">
        {part !== undefined && field.length > 0 && !message.includes(`“${formatPath(field)}”`) && `${t('hint.field', { path: formatPath(field) })} `}
        {hint}
        {wentOn && ` ${t('details.wentOnError')}.`}
      </p>
    </Notice>
  );
}
