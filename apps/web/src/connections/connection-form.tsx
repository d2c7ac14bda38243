import type { CallRate, ConnectorDescriptor } from '@weft/connector-sdk';
import type { JsonObject, JsonSchema } from '@weft/json-schema';
import { isValidForm, SchemaForm, type FieldError } from '@weft/schema-form';
import type { ConnectionSummary } from '@weft/api';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../locales/sentence-of.ts';
import { ApiError, messageOf } from '../api/index.ts';
import { Notice, Select, TextField } from '../ui/index.ts';
import { isCalled } from './is-called.ts';
import { RateLimitField } from './rate-limit-field.tsx';
import './words.ts';

/** What the person has typed so far. */
export interface ConnectionDraft {
  title: string;
  scheme: string;
  config: JsonObject;
  credentials: JsonObject;
  /** Null: as many calls as come. */
  rateLimit: CallRate | null;
}

export interface ConnectionFormProps {
  connector: ConnectorDescriptor;
  /** The stored one, when editing: its credentials stay unless typed anew. */
  connection: ConnectionSummary | null;
  draft: ConnectionDraft;
  onChange: (draft: ConnectionDraft) => void;
  /** After a refused save: what is missing is marked as well. */
  tried: boolean;
  /** The request that failed. */
  failure: Error | null;
  /** What the other side answered to the test. */
  refusal: string | undefined;
}

export function ConnectionForm({ connector, connection, draft, onChange, tried, failure, refusal }: ConnectionFormProps) {
  const { t } = useTranslation('connections');
  const editing = connection !== null;
  const scheme = connector.auth.find(({ id }) => id === draft.scheme);
  const config = configFields(connector, draft.scheme);
  const fields = useMemo(() => credentialFields(connector, draft.scheme, editing), [connector, draft.scheme, editing]);
  const configErrors = useMemo(() => errorsUnder(failure, 'config'), [failure]);
  const credentialErrors = useMemo(() => errorsUnder(failure, 'credentials'), [failure]);
  const titleError = failure instanceof ApiError ? failure.issueAt('title') : undefined;
  const placed = configErrors.length + credentialErrors.length > 0 || titleError !== undefined;

  return (
    <div className="flex flex-col gap-4">
      {failure !== null && !placed && (
        <div key={messageOf(failure)} ref={showAtOnce}>
          <Notice tone="danger">{messageOf(failure)}</Notice>
        </div>
      )}
      {failure === null && refusal !== undefined && (
        <div key={refusal} ref={showAtOnce}>
          <Notice tone="warn">
            <strong className="font-semibold">{t('create.refused')}</strong> {refusal}
          </Notice>
        </div>
      )}
      <TextField
        label={t('form.title')}
        hint={t('form.titleHint')}
        required
        maxLength={120}
        autoComplete="off"
        value={draft.title}
        onChange={(title) => onChange({ ...draft, title })}
        error={titleError ?? (tried && draft.title.trim() === '' ? t('form.titleMissing') : undefined)}
      />
      {connector.auth.length > 1 && (
        <Select
          label={t('form.scheme')}
          value={draft.scheme}
          disabled={editing}
          hint={editing ? t('form.schemeFixed') : undefined}
          onChange={(next) => onChange({ ...draft, scheme: next, config: {}, credentials: {} })}
          options={connector.auth.map(({ id, title }) => ({ value: id, label: title }))}
        />
      )}
      {scheme?.help !== undefined && <p className="text-xs text-muted">{scheme.help}</p>}
      {hasFields(config) && (
        <SchemaForm
          key={`${draft.scheme}-config`}
          schema={config}
          value={draft.config}
          onChange={(config) => onChange({ ...draft, config })}
          errors={configErrors}
          showAllErrors={tried}
          idPrefix="connection-config"
        />
      )}
      {hasFields(fields) && (
        <>
          {editing && connection.credentialFields.length > 0 && <Notice>{t('form.kept')}</Notice>}
          <SchemaForm
            key={draft.scheme}
            schema={fields}
            value={draft.credentials}
            onChange={(credentials) => onChange({ ...draft, credentials })}
            errors={credentialErrors}
            showAllErrors={tried}
            idPrefix="connection-credentials"
          />
        </>
      )}
      {isCalled(connector) && <RateLimitField value={draft.rateLimit} onChange={(rateLimit) => onChange({ ...draft, rateLimit })} />}
    </div>
  );
}

/** Long forms are scrolled when the answer comes. */
const showAtOnce = (element: HTMLElement | null): void => element?.scrollIntoView({ block: 'nearest' });

/** Whether it may be sent. */
export function isComplete(connector: ConnectorDescriptor, draft: ConnectionDraft, editing: boolean): boolean {
  const config = configFields(connector, draft.scheme);
  const fields = credentialFields(connector, draft.scheme, editing);
  return (
    draft.title.trim() !== '' &&
    (config === undefined || isValidForm(config, draft.config)) &&
    (fields === undefined || isValidForm(fields, draft.credentials))
  );
}

/** What is filled in next to the credentials: a scheme may ask for things of its own. */
const configFields = (connector: ConnectorDescriptor, scheme: string): JsonSchema | undefined =>
  connector.auth.find(({ id }) => id === scheme)?.config ?? connector.connectionConfig;

/** Stored credentials need not be typed again. */
function credentialFields(connector: ConnectorDescriptor, scheme: string, editing: boolean): JsonSchema | undefined {
  const fields = connector.auth.find(({ id }) => id === scheme)?.fields;
  return editing && fields !== undefined ? { ...fields, required: [] } : fields;
}

const hasFields = (schema: JsonSchema | undefined): schema is JsonSchema => schema !== undefined && Object.keys(schema.properties ?? {}).length > 0;

function errorsUnder(failure: Error | null, part: 'config' | 'credentials'): FieldError[] {
  const issues = failure instanceof ApiError ? (failure.problem.issues ?? []) : [];
  return issues.filter(({ path }) => path[0] === part && path.length > 1).map((issue) => ({ path: issue.path.slice(1), message: sentenceOf(issue) }));
}
