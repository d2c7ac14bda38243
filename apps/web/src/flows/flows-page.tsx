import { useNavigate } from '@tanstack/react-router';
import type { ImportLoss } from '@weft/api';
import { LayoutTemplate, Plus, Search, SearchX, Upload } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../app/page.tsx';
import { messageOf, useCreateFlow, useFlowPages, useStarters, useWorkspaceId } from '../api/index.ts';
import { FileDrop } from '../files/file-drop.tsx';
import { useFilePicker } from '../files/use-file-picker.tsx';
import { Button, Card, EmptyState, ErrorState, Menu, MoreButton, SkeletonRows, TextField, toast, useLater } from '../ui/index.ts';
import { FlowsTable } from './flows-table.tsx';
import { readFlowFile } from './flow-file.ts';
import { ImportLosses } from './import-losses.tsx';
import { StarterCards } from './starter-cards.tsx';
import './words.ts';

/** All flows of the workspace; in an empty one, three to start from. */
export function FlowsPage() {
  const { t } = useTranslation('flows');
  const workspace = useWorkspaceId();
  const navigate = useNavigate();
  const starters = useStarters();
  const create = useCreateFlow();
  const [search, setSearch] = useState('');
  const searched = useLater(search.trim(), 200);
  const flows = useFlowPages(searched);
  const [imported, setImported] = useState<{ id: string; dropped: ImportLoss[] }>();

  const open = (flow: string) => void navigate({ to: '/w/$workspace/flows/$flow', params: { workspace, flow } });
  const createNew = () => create.mutate({ title: t('app:untitledFlow') }, { onSuccess: ({ id }) => open(id) });
  const createFrom = (starter: string) => create.mutate({ starter }, { onSuccess: ({ id }) => open(id) });
  const importFile = async (file: File) => {
    try {
      create.mutate(
        { document: await readFlowFile(file) },
        { onSuccess: ({ id, dropped }) => (dropped.length === 0 ? open(id) : setImported({ id, dropped })) },
      );
    } catch (error) {
      toast.error(messageOf(error));
    }
  };
  const picker = useFilePicker({ accept: '.json,application/json', onFiles: ([file]) => file && void importFile(file) });
  const found = flows.data?.pages.flatMap(({ items }) => items) ?? [];
  const empty = flows.isSuccess && searched === '' && !flows.isPlaceholderData && found.length === 0;

  return (
    <FileDrop text={t('dropToImport')} onFiles={([file]) => file && void importFile(file)}>
      {picker.input}
      {imported && <ImportLosses dropped={imported.dropped} onClose={() => open(imported.id)} />}
      <Page
        title={t('title')}
        text={empty ? undefined : t('text')}
        actions={
          <>
            <Button icon={<Upload />} onClick={picker.choose}>
              {t('import')}
            </Button>
            {!empty && (starters.data ?? []).length > 0 && (
              <Menu
                trigger={<Button icon={<LayoutTemplate />}>{t('starters.menu')}</Button>}
                items={(starters.data ?? []).map(({ id, title }) => ({ label: title, onSelect: () => createFrom(id) }))}
              />
            )}
            <Button variant="primary" icon={<Plus />} loading={create.isPending} onClick={createNew}>
              {t('new')}
            </Button>
          </>
        }
      >
        {flows.isPending && (
          <Card aria-busy="true">
            <SkeletonRows />
          </Card>
        )}
        {flows.isError && (
          <Card>
            <ErrorState text={messageOf(flows.error)} retry={() => void flows.refetch()} />
          </Card>
        )}
        {empty && <StarterCards creating={create.isPending ? create.variables : undefined} onChoose={createFrom} onBlank={createNew} />}
        {flows.isSuccess && !empty && (
          <>
            <TextField
              label={t('search')}
              labelHidden
              type="search"
              icon={<Search />}
              placeholder={t('search')}
              value={search}
              onChange={setSearch}
              className="w-72"
            />
            <Card>
              {found.length === 0 ? (
                <EmptyState
                  icon={<SearchX />}
                  title={t('nothing.title')}
                  text={t('nothing.text', { search: searched })}
                  action={<Button onClick={() => setSearch('')}>{t('nothing.action')}</Button>}
                />
              ) : (
                <FlowsTable flows={found} />
              )}
            </Card>
            {flows.hasNextPage && <MoreButton label={t('more')} loading={flows.isFetchingNextPage} onMore={() => void flows.fetchNextPage()} />}
          </>
        )}
      </Page>
    </FileDrop>
  );
}
