import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/state/index.ts';
import { logicKinds, operationItems, type LogicItem, type OperationItem, type PaletteItem } from './items.ts';

interface Items {
  logic: LogicItem[];
  triggers: OperationItem[];
  actions: OperationItem[];
  byId: ReadonlyMap<string, PaletteItem>;
}

/** Everything that can be added, with its words in the person's language. */
export function useItems(): Items {
  const { t } = useTranslation('palette');
  const connectors = useEditor((state) => state.connectors);
  return useMemo(() => {
    const operations = operationItems(connectors);
    const logic = logicKinds.map(
      (kind): LogicItem => ({
        id: `logic/${kind}`,
        kind,
        title: t(`kinds.${kind}.title`),
        description: t(`kinds.${kind}.description`),
        keywords: t(`kinds.${kind}.keywords`).split(' '),
      }),
    );
    return {
      logic,
      triggers: operations.filter(({ kind }) => kind === 'trigger'),
      actions: operations.filter(({ kind }) => kind === 'action'),
      byId: new Map([...logic, ...operations].map((item) => [item.id, item])),
    };
  }, [connectors, t]);
}
