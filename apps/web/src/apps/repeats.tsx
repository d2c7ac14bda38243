import type { Idempotency, Operation } from '@weft/connector-sdk';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import './words.ts';

/** What happens when an operation is performed once more, as after a failure whose outcome nobody knows. */
export function Repeats({ operation: { effect, idempotency, effectBy } }: { operation: Operation }) {
  const { t } = useTranslation('apps');
  const usual = sentenceFor(effect, idempotency, t);
  if (effectBy === undefined) return <p className="text-sm text-muted">{usual}</p>;
  return (
    <div className="text-sm text-muted">
      <p>{t('repeat.byConfig')}</p>
      <ul className="list-disc pl-5">
        {Object.entries(effectBy.values).map(([value, one]) => (
          <li key={value}>
            {value}: {sentenceFor(one.effect, one.idempotency, t)}
          </li>
        ))}
        <li>… {usual}</li>
      </ul>
    </div>
  );
}

function sentenceFor(effect: Operation['effect'], idempotency: Idempotency | undefined, t: TFunction<'apps'>): string {
  if (effect === 'read') return t('repeat.read');
  if (idempotency === undefined) return t('repeat.twice');
  if (idempotency.kind === 'natural') return t('repeat.natural');
  return idempotency.key === undefined ? t('repeat.key') : t('repeat.named', { key: idempotency.key });
}
