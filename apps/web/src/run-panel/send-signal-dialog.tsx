import { parseJsonWithLimits, type Json } from '@weft/json-schema';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, TextArea } from '../ui/index.ts';
import './words.ts';

interface SendSignalDialogProps {
  /** What the run waits for. */
  signalKey: string;
  /** What stands there at first. */
  example: Json;
  sending: boolean;
  onSend: (payload: Json) => void;
  onClose: () => void;
}

const limits = { maxBytes: 1 << 20, maxDepth: 64 };

/** What the other system would have sent, typed by hand. */
export function SendSignalDialog({ signalKey, example, sending, onSend, onClose }: SendSignalDialogProps) {
  const { t } = useTranslation('run-panel');
  const [typed, setTyped] = useState(() => JSON.stringify(example, null, 2));
  const read = useMemo(() => parse(typed), [typed]);
  return (
    <Dialog
      open
      onClose={onClose}
      dismissable={false}
      title={t('wait.sendTitle')}
      description={t('wait.sendText', { key: signalKey })}
      footer={
        <>
          <Button onClick={onClose}>{t('cancelDialog')}</Button>
          <Button variant="primary" loading={sending} disabled={'error' in read} onClick={() => 'value' in read && onSend(read.value)}>
            {t('wait.sendAction')}
          </Button>
        </>
      }
    >
      <TextArea code rows={8} label={t('wait.payload')} value={typed} onChange={setTyped} error={'error' in read ? read.error : null} />
    </Dialog>
  );
}

function parse(text: string): { value: Json } | { error: string } {
  try {
    return { value: parseJsonWithLimits(text, limits) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}
