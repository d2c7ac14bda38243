import { GripVertical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { ConnectorIcon } from '../ui/index.ts';
import type { PaletteItem } from './items.ts';

/** Icon, title and one line of a thing that can be added; the surrounding button or option gives it its behaviour. */
export function ItemRow({ item, grip = false }: { item: PaletteItem; grip?: boolean }) {
  const { t } = useTranslation('palette');
  return (
    <>
      <span className="grid size-8 shrink-0 place-items-center rounded-md bg-hover text-fg">
        <ItemIcon item={item} />
      </span>
      <span className="min-w-0 flex-1 text-left">
        <span className="one-line block text-sm font-medium text-fg">{item.title}</span>
        <span className="one-line block text-xs text-muted" title={item.description}>
          {item.kind === 'stream'
            ? t('step-kinds:forEach.through.line', { connector: item.connector.title })
            : 'connector' in item
            ? item.connector.title
            : item.description}
        </span>
      </span>
      {grip && <GripVertical aria-hidden="true" className="size-3.5 shrink-0 text-subtle opacity-0 group-hover:opacity-100" />}
    </>
  );
}

export function ItemIcon({ item, size = 16 }: { item: PaletteItem; size?: number }) {
  if ('connector' in item) return <ConnectorIcon connector={item.connector} size={size} />;
  const { Icon } = item;
  return <Icon aria-hidden="true" style={{ width: size, height: size }} />;
}
