import type { ConnectorDescriptor } from '@weft/connector-sdk';
import type { JsonObject } from '@weft/json-schema';
import type { ConnectionSummary } from '@weft/api';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError, messageOf, useConnectors, useCreateConnection, useEditConnection, useTestConnection } from '../api/index.ts';
import { Button, Dialog, ErrorState, LoadingRegion, toast } from '../ui/index.ts';
import { ChooseConnector } from './choose-connector.tsx';
import { ConnectionForm, isComplete, type ConnectionDraft } from './connection-form.tsx';
import { isCalled } from './is-called.ts';
import './words.ts';

export interface ConnectionDialogProps {
  /** Null: a new one. */
  connection: ConnectionSummary | null;
  /** Offers only this connector, for a step that needs a connection. */
  connectorId?: string;
  onClose: () => void;
  onSaved?: (connection: ConnectionSummary) => void;
}

/** Makes a connection: which connector, which way of signing in, its fields; then tries it. */
export function ConnectionDialog({ connection, connectorId, onClose, onSaved }: ConnectionDialogProps) {
  const { t } = useTranslation('connections');
  const connectors = useConnectors();
  const [chosen, setChosen] = useState(connection?.connector ?? connectorId ?? null);
  const connector = connectors.data?.find(({ id }) => id === chosen);

  if (connector !== undefined) {
    return (
      <FormDialog
        key={connector.id}
        {...{ connector, connection, onClose, onSaved }}
        onBack={connection === null && connectorId === undefined ? () => setChosen(null) : undefined}
      />
    );
  }
  return (
    <Dialog open onClose={onClose} title={t('choose.title')} description={t('choose.text')}>
      {connectors.isPending && <LoadingRegion />}
      {connectors.isError && <ErrorState text={messageOf(connectors.error)} retry={() => void connectors.refetch()} />}
      {connectors.data && <ChooseConnector connectors={connectors.data} onChoose={setChosen} />}
    </Dialog>
  );
}

interface FormDialogProps {
  connector: ConnectorDescriptor;
  connection: ConnectionSummary | null;
  onBack: (() => void) | undefined;
  onClose: () => void;
  onSaved: ((connection: ConnectionSummary) => void) | undefined;
}

function FormDialog({ connector, connection, onBack, onClose, onSaved }: FormDialogProps) {
  const { t } = useTranslation('connections');
  const create = useCreateConnection();
  const edit = useEditConnection();
  const test = useTestConnection();
  const [tried, setTried] = useState(false);
  const [saved, setSaved] = useState(connection);
  const [draft, setDraft] = useState<ConnectionDraft>({
    title: connection?.title ?? connector.title,
    scheme: connection?.scheme ?? connector.auth[0]?.id ?? '',
    config: connection?.config ?? {},
    credentials: {},
    rateLimit: connection?.rateLimit ?? null,
  });
  const failure = saved === null ? create.error : edit.error;
  const isTried = isCalled(connector);
  const pending = create.isPending || edit.isPending || test.isPending;

  /** Stored first, so that nothing typed is lost when the other side refuses. */
  const save = async () => {
    setTried(true);
    if (!isComplete(connector, draft, connection !== null)) return;
    const { title, scheme, config, credentials, rateLimit } = draft;
    try {
      const stored =
        saved === null
          ? await create.mutateAsync({ title: title.trim(), connector: connector.id, scheme, config, credentials, rateLimit })
          : await edit.mutateAsync({ connection: saved.id, title: title.trim(), config, rateLimit, ...(hasAny(credentials) && { credentials }) });
      setSaved(stored);
      onSaved?.(stored);
      if (isTried) {
        const { ok } = await test.mutateAsync(stored.id);
        if (!ok) return;
      }
      toast.success(t(isTried ? 'saved' : 'kept', { title: stored.title }));
      onClose();
    } catch (error) {
      // Shown in the form by the mutation that failed.
      if (!(error instanceof ApiError)) throw error;
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      dismissable={false}
      title={connection === null
        ? (isTried ? t('create.title', { connector: connector.title }) : (connector.auth[0]?.title ?? connector.title))
        : t('editTitle', { title: connection.title })}
      description={t(isTried ? 'create.text' : 'create.textOnly')}
      footer={
        <>
          {onBack && saved === null && (
            <Button variant="ghost" className="mr-auto" onClick={onBack}>
              {t('create.back')}
            </Button>
          )}
          <Button onClick={onClose}>{saved !== null && connection === null ? t('create.keep') : t('app:cancel')}</Button>
          <Button variant="primary" type="submit" form="connection" loading={pending}>
            {t(isTried ? 'create.action' : 'create.actionOnly')}
          </Button>
        </>
      }
    >
      <form
        id="connection"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <ConnectionForm
          {...{ connector, connection, draft, tried }}
          onChange={setDraft}
          failure={failure ?? test.error}
          refusal={test.data !== undefined && !test.data.ok && !pending ? test.data.message : undefined}
        />
      </form>
    </Dialog>
  );
}

const hasAny = (values: JsonObject): boolean => Object.keys(values).length > 0;
