import { useQueryClient } from '@tanstack/react-query';
import type { FieldWidgetProps } from '@weft/schema-form';
import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, fileKeys, messageOf, useFiles, useWorkspaceId } from '../../api/index.ts';
import { Button, controlClass, cx } from '../../ui/index.ts';

/** A file of the workspace: choose one, type a new name, or upload one right here. */
export function FileField({ id, title, value, schema, onChange, onBlur, readOnly, invalid, describedBy }: FieldWidgetProps) {
  const { t } = useTranslation('inspector');
  const workspace = useWorkspaceId();
  const client = useQueryClient();
  const files = useFiles();
  const picker = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<{ busy: boolean; error?: string }>({ busy: false });
  const upload = async (file: File): Promise<void> => {
    setState({ busy: true });
    try {
      const stored = await call('PUT /w/:workspace/files/:name', { params: { workspace, name: file.name }, body: file });
      onChange(stored.name);
      setState({ busy: false });
      await client.invalidateQueries({ queryKey: fileKeys.all(workspace) });
    } catch (error) {
      setState({ busy: false, error: messageOf(error) });
    }
  };
  return (
    <div className="flex flex-col gap-1">
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
            if (file) void upload(file);
            event.target.value = '';
          }}
        />
        <Button icon={<Upload />} loading={state.busy} disabled={readOnly} onClick={() => picker.current?.click()}>
          {t('upload')}
        </Button>
      </div>
      {state.error !== undefined && (
        <p role="alert" className="text-xs text-danger-text">
          {state.error}
        </p>
      )}
    </div>
  );
}
