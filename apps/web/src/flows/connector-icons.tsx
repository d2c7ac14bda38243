import { useTranslation } from 'react-i18next';
import { useConnectors } from '../api/index.ts';
import { ConnectorIcon, cx } from '../ui/index.ts';
import './words.ts';

export interface ConnectorIconsProps {
  /** Connector ids in the order of the steps; each is shown once. */
  connectors: string[];
  size?: 'sm' | 'md';
}

const maxIcons = 2;

/** What a flow works with, at a glance. */
export function ConnectorIcons({ connectors, size = 'sm' }: ConnectorIconsProps) {
  const { t } = useTranslation('flows');
  const { data: known = [] } = useConnectors();
  const ids = [...new Set(connectors)];
  const titleOf = (id: string) => known.find((one) => one.id === id)?.title ?? id;
  const rest = ids.slice(maxIcons).map(titleOf);
  return (
    <span className="relative flex items-center gap-1">
      <span className="sr-only">{ids.length === 0 ? t('noSteps') : ids.map(titleOf).join(', ')}</span>
      {ids.slice(0, maxIcons).map((id) => (
        <span
          key={id}
          title={titleOf(id)}
          className={cx('flex items-center justify-center rounded-md border border-line bg-raised text-muted', size === 'sm' ? 'size-6' : 'size-8')}
        >
          <ConnectorIcon connector={known.find((one) => one.id === id)} size={size === 'sm' ? 14 : 18} />
        </span>
      ))}
      {ids.length === 0 && <span aria-hidden="true" className={cx('rounded-md border border-dashed border-line', size === 'sm' ? 'size-6' : 'size-8')} />}
      {rest.length > 0 && (
        <span
          aria-hidden="true"
          title={rest.join(', ')}
          className={cx(
            'flex items-center justify-center rounded-md border border-line bg-raised text-2xs font-medium text-muted',
            size === 'sm' ? 'size-6' : 'size-8',
          )}
        >
          +{rest.length}
        </span>
      )}
    </span>
  );
}
