import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { flowQuery, useFoundFlows, useWorkspaceId } from '../api/index.ts';
import { SearchSelect } from '../ui/search-select.tsx';
import './words.ts';

export interface FlowFilterProps {
  /** Undefined for runs of every flow. */
  flow: string | undefined;
  onChange: (flow: string | undefined) => void;
}

const any = 'any';

/** Whose runs are shown. */
export function FlowFilter({ flow, onChange }: FlowFilterProps) {
  const { t } = useTranslation('runs');
  const [search, setSearch] = useState('');
  const { data, isFetching } = useFoundFlows(search);
  const flows = data?.items ?? [];
  const listed = flows.find(({ id }) => id === flow)?.title;
  // One that is not among those listed is asked for by itself; a deleted flow has runs, too, and no title.
  const asked = useQuery({
    ...flowQuery(useWorkspaceId(), flow ?? ''),
    enabled: flow !== undefined && data !== undefined && listed === undefined,
    retry: false,
  });
  const title = listed ?? asked.data?.title ?? (asked.isError ? t('filter.goneFlow') : '…');
  return (
    <SearchSelect
      label={t('filter.flow')}
      labelHidden
      className="w-56"
      value={flow ?? any}
      chosenLabel={flow === undefined ? t('filter.everyFlow') : title}
      onChange={(next) => onChange(next === any ? undefined : next)}
      onSearch={setSearch}
      searching={isFetching}
      options={[
        ...(search.trim() === '' ? [{ value: any, label: t('filter.everyFlow') }] : []),
        ...flows.map(({ id, title: label }) => ({ value: id, label })),
      ]}
    />
  );
}
