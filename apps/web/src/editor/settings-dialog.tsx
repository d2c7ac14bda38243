import { useTranslation } from 'react-i18next';
import { Button, Dialog, TextArea, TextField } from '../ui/index.ts';
import { describeFlow, retitleFlow, setSettings } from './commands/index.ts';
import { dispatch, openDialog, useEditor } from './state/index.ts';
import { LimitsFields } from './limits-fields.tsx';
import { TimezoneField } from './timezone-field.tsx';
import './dialog-words.ts';

/** Title, description, time zone, limits and history: edits like any others, so nothing needs a "Save" and all can be undone. */
export function SettingsDialog() {
  const { t } = useTranslation('editor');
  const title = useEditor(({ document }) => document.title);
  const description = useEditor(({ document }) => document.description ?? '');
  const timezone = useEditor(({ document }) => document.settings?.timezone ?? 'UTC');
  return (
    <Dialog
      open
      onClose={() => openDialog(null)}
      title={t('settings.title')}
      footer={
        <Button variant="primary" onClick={() => openDialog(null)}>
          {t('settings.done')}
        </Button>
      }
    >
      <div className="grid gap-4">
        <TextField label={t('settings.name')} value={title} onChange={(next) => dispatch(retitleFlow(next))} maxLength={200} />
        <TextArea label={t('settings.description')} value={description} onChange={(next) => dispatch(describeFlow(next))} />
        <TimezoneField value={timezone} onChange={(next) => dispatch(setSettings({ timezone: next }))} />
        <LimitsFields />
      </div>
    </Dialog>
  );
}
