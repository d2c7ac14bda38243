import { polledSource, triggerSettings } from '@weft/connector-sdk';
import type { ConnectionSummary } from '@weft/api';
import { triggerOf, type Catalogue, type FlowDocument, type TriggerStep } from '@weft/flow';
import { equal, type Json } from '@weft/json-schema';
import { useTranslation } from 'react-i18next';
import { useConnections, useTriggerState } from '../api/index.ts';
import { shownTitle } from '../step-kinds/step-title.tsx';
import { formatDateTime, Notice } from '../ui/index.ts';
import './dialog-words.ts';
import { useEditor } from './state/index.ts';

/** Before publishing: that the trigger reads another source than the version that runs, and what becomes of what came since. */
export function StartsAnew({ flowId, before, after }: { flowId: string; before: FlowDocument; after: FlowDocument }) {
  const { t, i18n } = useTranslation('editor');
  const catalogue = useEditor((state) => state.catalogue);
  const connections = useConnections();
  const state = useTriggerState(flowId);
  const [old, now] = [polled(before, catalogue), polled(after, catalogue)];
  if (!old || !now || !connections.isSuccess || equal(sourceOf(old, connections.data), sourceOf(now, connections.data))) return null;
  const lastAt = state.data?.kind === 'polling' ? state.data.lastAt : null;
  const trigger = shownTitle(now.step);
  const takesAll = now.settings['first'] === 'everything';
  return (
    <Notice tone="warn">
      {lastAt === null
        ? t('publish.anew', { trigger })
        : t('publish.anewSince', { trigger, at: formatDateTime(lastAt, i18n.language) })} {takesAll ? t('publish.anewAll') : t('publish.anewKeep')}
    </Notice>
  );
}

interface Polled {
  step: TriggerStep;
  settings: ReturnType<typeof triggerSettings>;
}

function polled(flow: FlowDocument, catalogue: Catalogue): Polled | undefined {
  const step = triggerOf(flow)?.step;
  const operation = step && catalogue.operation(step.use);
  return step && operation?.trigger?.strategy === 'polling' ? { step, settings: triggerSettings(operation, step.config) } : undefined;
}

/** Another connection to the same place is the same source: the server keeps how far it was read. */
function sourceOf({ step, settings }: Polled, connections: readonly ConnectionSummary[]): Json {
  const connection = connections.find(({ id }) => id === step.connection);
  const place: Json = connection ? [connection.connector, connection.scheme, connection.config] : (step.connection ?? null);
  return [polledSource({ use: step.use, settings }), place];
}
