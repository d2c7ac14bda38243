import { inferSchema, parseJsonWithLimits, type Json, type JsonSchema } from '@weft/json-schema';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor } from '../editor/state/index.ts';
import { Button, Dialog, TextArea } from '../ui/index.ts';
import './words.ts';

interface PasteExampleDialogProps {
  title: string;
  text: ReactNode;
  /** What it is for: text that was not used is there again when the dialog is opened for the same. */
  keptAs: string;
  onClose: () => void;
  onPaste: (value: Json, schema: JsonSchema) => void;
}

/** Texts that were typed and not used yet. */
const kept = new Map<string, string>();

const limits = { maxBytes: 5 * 1024 * 1024, maxDepth: 64 };

/** Takes an example as JSON and shows at once what was understood. */
export function PasteExampleDialog({ title, text, keptAs, onClose, onPaste }: PasteExampleDialogProps) {
  const { t } = useTranslation('inspector');
  const flow = useEditor((state) => state.facts?.id);
  const key = `${flow} ${keptAs}`;
  const [typed, setTyped] = useState(kept.get(key) ?? '');
  const parsed = useMemo(() => read(typed), [typed]);
  const schema = useMemo(() => (parsed.value === undefined ? undefined : inferSchema([parsed.value])), [parsed]);
  const count = Object.keys(schema?.properties ?? {}).length;
  return (
    <Dialog
      open
      onClose={onClose}
      dismissable={false}
      size="lg"
      title={title}
      description={text}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button
            variant="primary"
            disabled={schema === undefined}
            onClick={() => {
              if (parsed.value === undefined || !schema) return;
              kept.delete(key);
              onPaste(parsed.value, schema);
            }}
          >
            {t('paste.use')}
          </Button>
        </>
      }
    >
      <TextArea
        code
        rows={16}
        label={t('paste.label')}
        placeholder={'{ "orderId": "A-1001", "lines": [ { "sku": "TEA-01", "quantity": 2 } ] }'}
        value={typed}
        onChange={(next) => {
          kept.set(key, next);
          setTyped(next);
        }}
        error={typed.trim() === '' || parsed.value !== undefined ? null : t('paste.broken', { reason: parsed.error })}
        hint={schema ? (count > 0 ? t('paste.understood', { count }) : t('paste.understoodValue')) : t('paste.hint')}
      />
    </Dialog>
  );
}

function read(text: string): { value?: Json; error?: string } {
  if (text.trim() === '') return {};
  try {
    return { value: parseJsonWithLimits(text, limits) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
