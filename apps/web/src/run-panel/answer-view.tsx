import type { RunDetail } from '@weft/server/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataView } from '../data-view/index.ts';
import { Badge, Button } from '../ui/index.ts';
import { PaneText } from './panes.tsx';

type Answer = NonNullable<RunDetail['answer']>;

/** What the caller gets: status, headers and body. */
export function AnswerView({ answer }: { answer: Answer }) {
  const { t } = useTranslation('run-panel');
  const [showsHeaders, setShowsHeaders] = useState(false);
  const headers = Object.entries(answer.headers);
  return (
    <>
      <div className="flex shrink-0 flex-wrap items-center gap-2 px-3 py-1.5">
        <Badge tone={answer.status < 400 ? 'ok' : 'danger'}>{[answer.status, statusWords[answer.status]].filter(Boolean).join(' ')}</Badge>
        {headers.length > 0 && (
          <Button size="sm" variant="ghost" aria-expanded={showsHeaders} onClick={() => setShowsHeaders(!showsHeaders)}>
            {t('overview.headers', { count: headers.length })}
          </Button>
        )}
      </div>
      {showsHeaders && (
        <dl className="grid max-h-32 shrink-0 grid-cols-[auto_1fr] gap-x-3 overflow-auto border-t border-line px-3 py-1.5 text-xs">
          {headers.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="font-medium text-fg">{name}</dt>
              <dd className="min-w-0 break-all text-muted">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {answer.body === undefined ? (
        <PaneText>{t('overview.noBody')}</PaneText>
      ) : (
        <DataView value={answer.body} title={t('overview.answer')} className="flex-1 border-t border-line" />
      )}
    </>
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
