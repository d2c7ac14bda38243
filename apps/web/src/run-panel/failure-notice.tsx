import { useTranslation } from 'react-i18next';
import { formatPath } from '@weft/json-schema';
import { sentenceOf } from '../locales/sentence-of.ts';
import { Button, Notice } from '../ui/index.ts';
import type { RunError } from './record/run-record.ts';
import { saysWhatToDo } from './says-what-to-do.ts';
import './words.ts';

export interface FailureNoticeProps {
  error: RunError;
  /** The field that could not be made, where the error names it. */
  field?: string | undefined;
  /** The run went on all the same. */
  wentOn?: boolean;
  /** What helps, as one button. */
  action?: { label: string; run: () => void } | undefined;
}

/** What went wrong, in a sentence, and what to do about it. */
export function FailureNotice({ error, field: named, wentOn, action }: FailureNoticeProps) {
  const { t } = useTranslation('run-panel');
  const message = sentenceOf(error);
  const hint = error.kind === 'unknown' || saysWhatToDo(message) ? '' : t(`hint.${error.kind}`);
  const [part, ...path] = error.path ?? [];
  const field = named ?? (part === undefined ? '' : formatPath(path));
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
        {field !== '' && !message.includes(`“${field}”`) && `${t('hint.field', { path: field })} `}
        {hint}
        {wentOn && ` ${t('details.wentOnError')}.`}
      </p>
    </Notice>
  );
}
