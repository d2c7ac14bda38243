import type { ConnectorDescriptor } from '@weft/connector-sdk';
import { ChevronRight, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectorIcon, TextField } from '../ui/index.ts';
import './words.ts';

export interface ChooseConnectorProps {
  connectors: ConnectorDescriptor[];
  onChoose: (connector: string) => void;
}

export function ChooseConnector({ connectors, onChoose }: ChooseConnectorProps) {
  const { t } = useTranslation('connections');
  const [search, setSearch] = useState('');
  const words = search.trim().toLowerCase();
  const connected = connectors
    .filter(({ auth, connectionConfig }) => auth.some(({ kind, config }) => kind !== 'none' || config !== undefined) || connectionConfig !== undefined)
    .toSorted((a, b) => a.title.localeCompare(b.title));
  const found = connected.filter(({ title, description = '', operations }) => [title, description, ...operations.flatMap(({ keywords = [] }) => keywords)]
    .join(' ')
    .toLowerCase()
    .includes(words));
  const offered = found.length > 0 ? found : connected.filter(({ operations }) => operations.some(({ general, kind }) => general && kind === 'action'));
  return (
    <div className="flex flex-col gap-3">
      <TextField label={t('choose.search')} labelHidden type="search" icon={<Search />} placeholder={t('choose.search')} value={search} onChange={setSearch} />
      {found.length === 0 && <p className="pt-2 text-sm text-muted">{t('choose.nothing', { text: search.trim() })}</p>}
      <ul className="flex flex-col gap-1">
        {offered.map((connector) => (
          <li key={connector.id}>
            <button
              type="button"
              onClick={() => onChoose(connector.id)}
              className="flex w-full items-center gap-3 rounded-md border border-line px-3 py-2.5 text-left hover:border-accent hover:bg-hover"
            >
              <span className="flex size-8 shrink-0 items-center justify-center rounded-md border border-line bg-raised text-muted">
                <ConnectorIcon connector={connector} size={18} />
              </span>
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{connector.title}</span>
                {connector.description !== undefined && <span className="line-clamp-2 text-xs text-muted">{connector.description}</span>}
              </span>
              <ChevronRight aria-hidden="true" className="size-4 shrink-0 text-subtle" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
