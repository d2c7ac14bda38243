import type { FieldWidgetProps } from '@weft/schema-form';
import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFiles, useWorkspaceId } from '../../api/index.ts';
import { sendFile } from '../../files/send-file.ts';
import { Button, controlClass, cx } from '../../ui/index.ts';
import '../words.ts';

/** A file of the workspace: choose one, type a new name, or upload one right here. */
export function FileField({ id, title, value, schema, onChange, onBlur, readOnly, invalid, describedBy }: FieldWidgetProps) {
  const { t } = useTranslation('inspector');
  const workspace = useWorkspaceId();
  const files = useFiles();
  const picker = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const send = async (file: File): Promise<void> => {
    setBusy(true);
    const name = await sendFile(file, workspace);
    setBusy(false);
    if (name !== null) onChange(name);
  };
  return (
    <div className="flex gap-2">
      <input
        id={id}
        list={`${id}-files`}
        aria-label={title}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        className={cx(controlClass, 'h-8')}
        value={typeof value === 'string' ? value : ''}
        placeholder={typeof schema.examples?.[0] === 'string' ? schema.examples[0] : undefined}
        readOnly={readOnly}
        autoComplete="off"
        onBlur={onBlur}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      />
      <datalist id={`${id}-files`}>
        {(files.data?.files ?? []).map(({ name }) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </datalist>
      <input
        ref={picker}
        type="file"
        className="hidden"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) void send(file);
          event.target.value = '';
        }}
      />
      <Button icon={<Upload />} loading={busy} disabled={readOnly} onClick={() => picker.current?.click()}>
        {t('upload')}
      </Button>
    </div>
  );
}
