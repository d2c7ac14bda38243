import type { Asked, TriedOut } from '@weft/api';
import type { Operation } from '@weft/connector-sdk';
import { isObject, type JsonObject, sampleOf } from '@weft/json-schema';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { messageOf, useTryOut } from '../api/index.ts';
import { Button, formatBytes, Notice, TextArea } from '../ui/index.ts';
import { Payload } from './payload.tsx';
import './words.ts';

export interface TryItProps {
  connector: string;
  version: string;
  operation: Operation;
}

/** Any operation on made-up data: what goes in can be changed, and what would be sent is shown in place of being sent. */
export function TryIt({ connector, version, operation }: TryItProps) {
  const { t } = useTranslation('apps');
  const { config, input, samples: [sample], kind } = operation;
  const [texts, setTexts] = useState(() => ({
    config: written(config && (sample?.config ?? sampleOf(config))),
    input: written(kind === 'trigger' ? undefined : (sample?.input ?? sampleOf(input))),
  }));
  const tryOut = useTryOut();
  const values = { config: readObject(texts.config), input: readObject(texts.input) };
  const isWrong = (part: 'config' | 'input') => texts[part] !== undefined && values[part] === undefined;
  const run = () => tryOut.mutate({ use: { connector, version, operation: operation.id }, ...values });
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted">{t('try.text')}</p>
      <div className="grid gap-3 xl:grid-cols-2">
        {(['config', 'input'] as const).map((part) => {
          const text = texts[part];
          return text !== undefined && (
            <TextArea
              key={part}
              label={t(`part.${part}`)}
              code
              rows={Math.min(12, Math.max(3, text.split('\n').length))}
              value={text}
              error={isWrong(part) ? t('try.noJson') : undefined}
              onChange={(next) => setTexts({ ...texts, [part]: next })}
            />
          );
        })}
      </div>
      <Button
        className="self-start"
        icon={<FlaskConical />}
        loading={tryOut.isPending}
        disabled={isWrong('config') || isWrong('input')}
        onClick={run}
      >
        {t('try.action')}
      </Button>
      <div aria-live="polite" className="flex flex-col gap-3">
        {tryOut.isError && <Notice tone="danger">{messageOf(tryOut.error)}</Notice>}
        {tryOut.data && <Outcome tried={tryOut.data} />}
      </div>
    </div>
  );
}

function Outcome({ tried: { config, input, asked, runsHere, problem, output } }: { tried: TriedOut }) {
  const { t } = useTranslation('apps');
  return (
    <>
      {problem !== null && <Notice tone="warn">{problem}</Notice>}
      <div className="grid gap-3 xl:grid-cols-2">
        {Object.keys(config).length > 0 && <Payload title={t('try.config')} value={config} />}
        {Object.keys(input).length > 0 && <Payload title={t('try.input')} value={input} />}
        <Payload title={t('try.output')} value={output} />
      </div>
      <section aria-label={t('try.sent')} className="flex flex-col gap-1.5">
        <h5 className="text-sm font-medium">{t('try.sent')}</h5>
        {asked.length === 0 && <p className="text-sm text-muted">{t(problem !== null || runsHere ? 'try.nothing' : 'try.notShown')}</p>}
        {asked.map((one, index) => (
          <Question key={index} asked={one} />
        ))}
      </section>
    </>
  );
}

function Question({ asked }: { asked: Asked }) {
  const { t, i18n } = useTranslation('apps');
  if (asked.kind === 'network') return <p className="text-sm">{t('try.connects', { host: asked.host, port: String(asked.port) })}</p>;
  if (asked.kind === 'file') return <p className="text-sm">{t('try.opens', { file: asked.name })}</p>;
  const lines = [
    `${asked.method} ${asked.url}`,
    ...Object.entries(asked.headers).map(([name, value]) => `${name}: ${value}`),
    ...(asked.bodyBytes === 0 ? [] : ['', asked.body ?? t('try.bytes', { size: formatBytes(asked.bodyBytes, i18n.language) })]),
  ];
  return <pre dir="ltr" className="max-h-72 overflow-auto rounded-md border border-line bg-sunken p-3 font-mono text-xs break-all whitespace-pre-wrap">{lines.join('\n')}</pre>;
}

const written = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value, null, 2));

function readObject(text: string | undefined): JsonObject | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    // What JSON.parse gives is JSON.
    return isObject(value) ? (value as JsonObject) : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
