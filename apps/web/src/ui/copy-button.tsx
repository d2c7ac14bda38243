import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { IconButton } from './icon-button.tsx';
import { toast } from './toast.ts';

export interface CopyButtonProps {
  text: string | (() => string);
  /** With a label it is a button with text, otherwise an icon. */
  label?: string;
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const { t } = useTranslation('ui');
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), 1500);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = () => {
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => setCopied(true),
      () => toast.error(t('copyFailed')),
    );
  };
  const icon = copied ? <Check className="text-ok" /> : <Copy />;
  if (label === undefined) return <IconButton label={copied ? t('copied') : t('copy')} icon={icon} onClick={copy} />;
  return (
    <Button size="sm" icon={icon} onClick={copy}>
      {copied ? t('copied') : label}
    </Button>
  );
}
