import { runStatuses } from '@weft/api';
import { Search } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { RunsSearch } from '../app/router.tsx';
import { Checkbox, Segmented, Select, TextField } from '../ui/index.ts';
import { FlowFilter } from './flow-filter.tsx';
import './words.ts';

export interface RunFiltersProps {
  filter: RunsSearch;
  onChange: (filter: RunsSearch) => void;
}

const any = 'any';

export function RunFilters({ filter, onChange }: RunFiltersProps) {
  const { t } = useTranslation('runs');
  const set = (change: RunsSearch) => onChange({ ...filter, ...change });
  return (
    <search className="flex flex-wrap items-center gap-2">
      <TextField
        label={t('filter.search')}
        labelHidden
        type="search"
        icon={<Search />}
        className="w-72"
        placeholder={t('filter.search')}
        value={filter.search ?? ''}
        onChange={(search) => set({ search: search === '' ? undefined : search })}
      />
      <FlowFilter flow={filter.flow} onChange={(flow) => set({ flow })} />
      <Select
        label={t('filter.status')}
        labelHidden
        className="w-40"
        value={filter.status ?? any}
        onChange={(status) => set({ status: runStatuses.find((one) => one === status) })}
        options={[{ value: any, label: t('filter.everyStatus') }, ...runStatuses.map((status) => ({ value: status, label: t(`ui:runStatus.${status}`) }))]}
      />
      <Segmented<'all' | 'live' | 'test'>
        label={t('filter.mode')}
        value={filter.mode ?? 'all'}
        onChange={(mode) => set({ mode: mode === 'all' ? undefined : mode })}
        options={[
          { value: 'all', label: t('mode.all') },
          { value: 'live', label: t('mode.live') },
          { value: 'test', label: t('mode.test') },
        ]}
      />
      <Checkbox label={t('filter.warned')} checked={filter.warned === 'yes'} onChange={(on) => set({ warned: on ? 'yes' : undefined })} />
      <span className="flex items-center gap-1.5 text-sm text-muted">
        <TextField
          label={t('filter.from')}
          labelHidden
          type="date"
          className="w-36"
          title={t('filter.from')}
          max={filter.to}
          value={filter.from ?? ''}
          onChange={(from) => set({ from: from === '' ? undefined : from })}
        />
        <span aria-hidden="true">–</span>
        <TextField
          label={t('filter.to')}
          labelHidden
          type="date"
          className="w-36"
          title={t('filter.to')}
          min={filter.from}
          value={filter.to ?? ''}
          onChange={(to) => set({ to: to === '' ? undefined : to })}
        />
      </span>
    </search>
  );
}
