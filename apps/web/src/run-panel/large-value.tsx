import type { QueryOf } from '@weft/api';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, messageOf, runKeys, useWorkspaceId } from '../api/index.ts';
import { DataView } from '../data-view/index.ts';
import { Button, ErrorState, formatBytes } from '../ui/index.ts';
import '../triggers/words.ts';

interface LargeValueProps {
  runId: string;
  /** Which value of the run. */
  query: QueryOf<'GET /w/:workspace/runs/:run/value'>;
  sizeBytes: number;
  title: string;
}

/** A value too large to come with the run: says how large it is, and reads it when somebody wants to see it. */
export function LargeValue({ runId, query, sizeBytes, title }: LargeValueProps) {
  const { t, i18n } = useTranslation('triggers');
  const workspace = useWorkspaceId();
  const [wanted, setWanted] = useState(false);
  const value = useQuery({
    queryKey: [...runKeys.one(workspace, runId), 'value', query],
    enabled: wanted,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => call('GET /w/:workspace/runs/:run/value', { params: { workspace, run: runId }, query, signal }),
  });
  if (value.data) return <DataView value={value.data.value} title={title} className="flex-1" />;
  if (value.isError) return <ErrorState text={messageOf(value.error)} retry={() => void value.refetch()} />;
  return (
    <div className="flex flex-col items-start gap-2 p-3">
      <p className="text-sm text-muted">{t('large.text', { size: formatBytes(sizeBytes, i18n.language) })}</p>
      <Button size="sm" icon={<Download />} loading={wanted && value.isPending} onClick={() => setWanted(true)}>
        {t('large.load')}
      </Button>
    </div>
  );
}
