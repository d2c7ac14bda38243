import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/state/index.ts';
import { logicItems, operationItems, streamItems, type LogicItem, type OperationItem, type PaletteItem, type StreamItem } from './items.ts';

interface Items {
  logic: LogicItem[];
  /** Loops over something large. */
  streams: StreamItem[];
  triggers: OperationItem[];
  actions: OperationItem[];
  byId: ReadonlyMap<string, PaletteItem>;
}

/** What most flows begin with stands first; whatever asks a service for news comes after what needs none. */
const usual = ['webhook', 'schedule', 'manual'];

const rankOf = ({ operation }: OperationItem): number => {
  const at = usual.indexOf(operation.trigger?.strategy ?? '');
  return at < 0 ? usual.length : at;
};

/** Everything that can be added, with its words in the person's language. */
export function useItems(): Items {
  const { t } = useTranslation('step-kinds');
  const connectors = useEditor((state) => state.connectors);
  return useMemo(() => {
    const operations = operationItems(connectors);
    const logic = logicItems(t);
    const streams = streamItems(connectors, t);
    return {
      logic,
      streams,
      triggers: operations.filter(({ kind }) => kind === 'trigger').toSorted((a, b) => rankOf(a) - rankOf(b)),
      actions: operations.filter(({ kind }) => kind === 'action'),
      byId: new Map([...logic, ...streams, ...operations].map((item) => [item.id, item])),
    };
  }, [connectors, t]);
}
