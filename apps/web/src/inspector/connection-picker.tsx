import type { OperationUse } from '@weft/flow';
import type { ConnectorDescriptor, Operation } from '@weft/connector-sdk';
import { Plus, TriangleAlert } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnections } from '../api/index.ts';
import { Button, Select } from '../ui/index.ts';
import { isConnectionMissing } from './logic/field-errors.ts';
import { useEditUsed, useStepProblems } from './use-step.ts';
import './words.ts';

const ConnectionDialog = lazy(() => import('../connections/connection-dialog.tsx').then((module) => ({ default: module.ConnectionDialog })));

interface ConnectionPickerProps {
  stepId: string;
  step: Pick<OperationUse, 'use' | 'connection'>;
  operation: Operation;
  connector: ConnectorDescriptor;
  /** What the connection is there for. Default: its name. */
  label?: string;
}

const none = 'none';

/** Whose credentials the operation gets. A new connection is made without leaving the flow. */
export function ConnectionPicker({ stepId, step, operation, connector, label }: ConnectionPickerProps) {
  const { t } = useTranslation('inspector');
  const edit = useEditUsed(stepId);
  const connections = useConnections();
  const [making, setMaking] = useState(false);
  const missing = useStepProblems(stepId).find(isConnectionMissing);
  const need = operation.connection ?? 'none';
  if (need === 'none') return null;
  const fitting = (connections.data ?? []).filter((connection) => connection.connector === connector.id);
  const gone = step.connection !== undefined && connections.isSuccess && !fitting.some(({ id }) => id === step.connection);
  const broken = fitting.find(({ id }) => id === step.connection)?.lastTest;
  return (
    <div className="flex flex-col gap-1.5">
      <Select
        label={label ?? t('connection')}
        required={need === 'required'}
        value={step.connection ?? (need === 'optional' ? none : null)}
        placeholder={fitting.length === 0 ? t('noConnections') : t('chooseConnection')}
        error={gone ? t('connectionGone') : missing?.message}
        onChange={(id) => edit({ use: step.use, connection: id === none ? undefined : id }, t('undo.connection'))}
        options={[
          ...(need === 'optional' ? [{ value: none, label: t('withoutConnection') }] : []),
          ...fitting.map(({ id, title }) => ({ value: id, label: title })),
        ]}
        beside={
          <Button icon={<Plus />} onClick={() => setMaking(true)}>
            {t('newConnection')}
          </Button>
        }
      />
      {broken && !broken.ok && (
        <p className="flex items-start gap-1 text-xs text-warn-text">
          <TriangleAlert aria-hidden="true" className="mt-0.5 size-3.5 shrink-0" /> {t('connectionBroken', { message: broken.message })}
        </p>
      )}
      {making && (
        <Suspense fallback={null}>
          <ConnectionDialog
            connection={null}
            connectorId={connector.id}
            onClose={() => setMaking(false)}
            onSaved={(connection) => edit({ use: step.use, connection: connection.id }, t('undo.connection'))}
          />
        </Suspense>
      )}
    </div>
  );
}
