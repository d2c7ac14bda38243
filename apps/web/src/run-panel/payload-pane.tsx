import { REDACTED } from '@weft/connector-sdk';
import { formatPath, type Json } from '@weft/json-schema';
import { createInterpretingValidator } from '@weft/json-schema/interpreter';
import { outputSchemaOf, triggerOf, type Step } from '@weft/flow';
import { CircleAlert, CircleCheck, Pencil, TriangleAlert } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../locales/sentence-of.ts';
import { DataView } from '../data-view/index.ts';
import { useEditor } from '../editor/state/index.ts';
import { Button, formatBytes, Notice } from '../ui/index.ts';
import { usePanel, writePasted } from './panel-state.ts';
import { parsePayload, type ParsedPayload } from './payload.ts';
import { useChosenPayload } from './use-chosen-payload.ts';
import './words.ts';

/** The data for the next run: to look at, or to write. */
export function PayloadPane() {
  const payload = usePanel((state) => state.payload);
  return payload?.kind === 'pasted' ? <PastedPayload /> : <ChosenPayload />;
}

function ChosenPayload() {
  const { t } = useTranslation('run-panel');
  const value = useChosenPayload();
  const isMasked = useMemo(() => JSON.stringify(value ?? null).includes(REDACTED), [value]);
  return (
    <section aria-label={t('payload.label')} className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-9 shrink-0 items-center justify-between gap-2 border-b border-line px-3">
        <h2 className="text-sm font-semibold">{t('payload.label')}</h2>
        {value !== undefined && (
          <Button size="sm" icon={<Pencil />} onClick={() => writePasted(JSON.stringify(value, null, 2))}>
            {t('payload.edit')}
          </Button>
        )}
      </header>
      {isMasked && <Notice className="rounded-none border-b border-line py-1.5">{t('payload.masked')}</Notice>}
      <DataView value={value} title={t('payload.label')} className="flex-1" />
    </section>
  );
}

function PastedPayload() {
  const { t } = useTranslation('run-panel');
  const text = usePanel((state) => state.pasted);
  const trigger = useEditor(({ document }) => triggerOf(document)?.step);
  const checked = useDeferredValue(text);
  const catalogue = useEditor((state) => state.catalogue);
  const parsed = useMemo(() => parsePayload(checked, trigger, catalogue), [checked, trigger, catalogue]);
  const isWebhook = trigger?.kind === 'trigger' && catalogue.operation(trigger.use)?.trigger?.strategy === 'webhook';
  return (
    <section aria-label={t('payload.label')} className="flex min-h-0 flex-1 flex-col">
      <header className="flex h-9 shrink-0 items-center justify-between gap-2 border-b border-line px-3">
        <h2 className="one-line text-sm font-semibold">
          {t('payload.paste')}
          {isWebhook && <span className="ml-2 text-xs font-normal text-subtle">{t('payload.pasteWebhook')}</span>}
        </h2>
        <Button size="sm" disabled={!parsed.ok} onClick={() => writePasted(formatted(text))}>
          {t('payload.format')}
        </Button>
      </header>
      <textarea
        aria-label={t('payload.paste')}
        aria-invalid={!parsed.ok && parsed.reason !== 'empty'}
        aria-describedby="pasted-state"
        spellCheck={false}
        placeholder={t('payload.placeholder')}
        value={text}
        onChange={(event) => writePasted(event.target.value)}
        className="focus-inset min-h-16 flex-1 resize-none bg-raised px-3 py-2 font-mono text-xs leading-5 text-fg outline-none"
      />
      <div id="pasted-state" aria-live="polite" className="max-h-28 shrink-0 overflow-auto border-t border-line px-3 py-1.5 text-xs">
        <PastedState parsed={parsed} text={checked} trigger={trigger} />
      </div>
    </section>
  );
}

function PastedState({ parsed, text, trigger }: { parsed: ParsedPayload; text: string; trigger: Step | undefined }) {
  const { t, i18n } = useTranslation('run-panel');
  if (parsed.ok) {
    return (
      <>
        <p className="flex items-center gap-1.5 text-ok-text">
          <CircleCheck aria-hidden="true" className="size-3.5 shrink-0" />
          {t('payload.valid', { size: formatBytes(new Blob([text]).size, i18n.language) })}
        </p>
        <Differences value={parsed.payload} trigger={trigger} />
      </>
    );
  }
  if (parsed.reason === 'empty') return <p className="text-subtle">{t('payload.empty')}</p>;
  const message = parsed.reason === 'refused'
    ? parsed.message
    : parsed.line === undefined
    ? t('payload.malformed')
    : t('payload.malformedAt', { line: parsed.line, column: parsed.column });
  return (
    <p className="flex items-start gap-1.5 text-danger-text">
      <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
      {message}
    </p>
  );
}

const validator = createInterpretingValidator();
const maxIssues = 3;

/** Where the data differs from what the trigger declares or has learned: worth a look, never in the way. */
function Differences({ value, trigger }: { value: Json; trigger: Step | undefined }) {
  const { t } = useTranslation('run-panel');
  const issues = useMemo(() => {
    const { document, catalogue } = useEditor.getState();
    const id = triggerOf(document)?.stepId;
    return trigger === undefined || id === undefined ? [] : validator.validate(outputSchemaOf(document, id, catalogue), value);
  }, [trigger, value]);
  if (issues.length === 0) return null;
  return (
    <div className="mt-1 flex items-start gap-1.5 text-warn-text">
      <TriangleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
      <div>
        <p>{t('payload.differs')}</p>
        <ul>
          {issues.slice(0, maxIssues).map((issue) => {
            const { path, keyword } = issue;
            const message = sentenceOf(issue);
            return (
              <li key={`${path.join('.')} ${keyword} ${message}`}>
                {path.length === 0 ? t('payload.issueWhole', { message }) : t('payload.issue', { path: formatPath(path), message })}
              </li>
            );
          })}
          {issues.length > maxIssues && <li>{t('payload.more', { count: issues.length - maxIssues })}</li>}
        </ul>
      </div>
    </div>
  );
}

const formatted = (text: string): string => JSON.stringify(JSON.parse(text), null, 2);
