import type { RunDetail } from '@weft/api';
import { useTranslation } from 'react-i18next';
import { DataView } from '../data-view/index.ts';
import { Badge, Button, Popover } from '../ui/index.ts';
import { PaneText } from './panes.tsx';
import './words.ts';

type Answer = NonNullable<RunDetail['answer']>;

/** The body of what the caller gets. */
export function AnswerBody({ answer }: { answer: Answer }) {
  const { t } = useTranslation('run-panel');
  if (answer.body === undefined) return <PaneText>{t('overview.noBody')}</PaneText>;
  return <DataView value={answer.body} title={t('overview.answer')} className="flex-1" />;
}

/** Its status, and its headers on request. */
export function AnswerHead({ answer }: { answer: Answer }) {
  const { t } = useTranslation('run-panel');
  const headers = Object.entries(answer.headers);
  return (
    <span className="flex items-center gap-1">
      <Badge tone={answer.status < 400 ? 'ok' : 'danger'}>{[answer.status, statusWords[answer.status]].filter(Boolean).join(' ')}</Badge>
      {headers.length > 0 && (
        <Popover
          trigger={
            <Button size="sm" variant="ghost">
              {t('overview.headers', { count: headers.length })}
            </Button>
          }
        >
          <dl className="grid max-h-80 max-w-120 grid-cols-[auto_1fr] gap-x-3 gap-y-1 overflow-auto text-xs">
            {headers.map(([name, value]) => (
              <div key={name} className="contents">
                <dt className="font-medium text-fg">{name}</dt>
                <dd className="min-w-0 break-all text-muted">{value}</dd>
              </div>
            ))}
          </dl>
        </Popover>
      )}
    </span>
  );
}

/** As the standard names them (RFC 9110). */
const statusWords: Record<number, string> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};
