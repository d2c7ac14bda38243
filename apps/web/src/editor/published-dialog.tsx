import { triggerSettings } from '@weft/connector-sdk';
import { needsConnection, triggerOf } from '@weft/flow';
import { isObject, type Json } from '@weft/json-schema';
import { useTranslation } from 'react-i18next';
import { useSwitchFlow } from '../api/index.ts';
import { Button, CopyButton, Dialog, Notice } from '../ui/index.ts';
import { samplePayload } from './sample-payload.ts';
import { openDialog, setFacts, useEditor } from './state/index.ts';
import './dialog-words.ts';

/** The flow is live: where to send requests, and a line to try it. */
export function PublishedDialog({ flowId }: { flowId: string }) {
  const { t } = useTranslation('editor');
  const number = useEditor(({ facts }) => facts?.published?.number);
  const url = useEditor(({ facts }) => facts?.webhookUrl ?? null);
  const enabled = useEditor(({ facts }) => facts?.enabled === true);
  const change = useSwitchFlow();
  const { method, isChecked } = useTrigger();
  const curl = url === null ? '' : curlLine(url, method, sampleBody());
  return (
    <Dialog
      open
      onClose={() => openDialog(null)}
      title={t('published.title', { number })}
      description={t('published.text')}
      footer={
        <Button variant="primary" onClick={() => openDialog(null)}>
          {t('published.done')}
        </Button>
      }
    >
      <div className="grid gap-4">
        {!enabled && (
          <Notice
            tone="warn"
            action={
              <Button size="sm" loading={change.isPending} onClick={() => change.mutate({ flow: flowId, enabled: true }, { onSuccess: setFacts })}>
                {t('published.switchOn')}
              </Button>
            }
          >
            {t('published.off')}
          </Notice>
        )}
        {url !== null && (
          <>
            <Copyable label={t('published.webhook')} text={url} />
            {isChecked ? <p className="text-sm text-muted">{t('published.checked')}</p> : <Copyable label={t('published.curl')} text={curl} />}
          </>
        )}
      </div>
    </Dialog>
  );
}

function Copyable({ label, text }: { label: string; text: string }) {
  return (
    <div>
      <h2 className="mb-1 text-sm font-medium">{label}</h2>
      <div className="flex items-start gap-2 rounded-md border border-line bg-sunken py-1.5 pr-1.5 pl-3">
        <textarea
          readOnly
          aria-label={label}
          value={text}
          rows={Math.min(8, 1 + Math.floor(text.length / 64) + text.split('\n').length - 1)}
          className="min-w-0 flex-1 resize-none bg-transparent py-1 font-mono text-xs break-all text-fg outline-none"
        />
        <CopyButton text={text} />
      </div>
    </div>
  );
}

/** How the webhook is called, and whether a call must prove whose it is. */
function useTrigger(): { method: string; isChecked: boolean } {
  const step = useEditor(({ document }) => triggerOf(document)?.step);
  const operation = useEditor(({ catalogue }) => step && catalogue.operation(step.use));
  if (!step || !operation) return { method: 'POST', isChecked: false };
  return { method: String(triggerSettings(operation, step.config)['method'] ?? 'POST'), isChecked: needsConnection(operation, step.config) };
}

function sampleBody(): Json | undefined {
  const { document, catalogue } = useEditor.getState();
  const output = samplePayload(document, catalogue);
  return isObject(output) ? output['body'] : undefined;
}

function curlLine(url: string, method: string, body: Json | undefined): string {
  if (body === undefined || body === null || method === 'GET') return `curl -X ${method} ${url}`;
  // In single quotes a shell leaves everything alone but the quote itself.
  const quoted = JSON.stringify(body).replaceAll("'", String.raw`'\''`);
  return `curl -X ${method} ${url} \\\n  -H 'content-type: application/json' \\\n  -d '${quoted}'`;
}
