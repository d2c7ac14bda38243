import type { RunDetail } from '@weft/api';
import { Bookmark, BookmarkCheck, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLabelRun } from '../api/index.ts';
import { Button, Dialog, IconButton, TextField } from '../ui/index.ts';
import './words.ts';

/** What a person calls this run, and whether it is kept when old runs go. */
export function RunLabel({ run }: { run: RunDetail }) {
  const { t } = useTranslation('replay');
  const label = useLabelRun();
  const [name, setName] = useState<string>();
  const save = () => label.mutate({ run: run.id, name: name ?? null }, { onSuccess: () => setName(undefined) });
  return (
    <>
      <IconButton label={run.name === null ? t('name.add') : t('name.edit')} icon={<Pencil />} onClick={() => setName(run.name ?? '')} />
      <IconButton
        label={run.pinned ? t('name.unpin') : t('name.pin')}
        aria-pressed={run.pinned}
        icon={run.pinned ? <BookmarkCheck className="text-accent-text" /> : <Bookmark />}
        disabled={label.isPending}
        onClick={() => label.mutate({ run: run.id, pinned: !run.pinned })}
      />
      {name !== undefined && (
        <Dialog
          open
          size="sm"
          onClose={() => setName(undefined)}
          title={t('name.label')}
          footer={
            <Button variant="primary" loading={label.isPending} onClick={save}>
              {t('name.save')}
            </Button>
          }
        >
          <form
            onSubmit={(event) => {
              event.preventDefault();
              save();
            }}
          >
            <TextField label={t('name.label')} labelHidden value={name} maxLength={200} placeholder={t('name.placeholder')} onChange={setName} />
          </form>
        </Dialog>
      )}
    </>
  );
}
