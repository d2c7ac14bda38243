import type { Failure } from '@weft/connector-sdk';
import { useTranslation } from 'react-i18next';
import { Table, Td, Th, Tr } from '../ui/index.ts';
import './words.ts';

/** How an operation is known to fail, and what to do about it. */
export function FailureTable({ failures }: { failures: readonly Failure[] }) {
  const { t } = useTranslation('apps');
  if (failures.length === 0) return <p className="text-sm text-muted">{t('failure.none')}</p>;
  return (
    <Table label={t('part.failures')} className="min-w-120">
      <thead>
        <tr>
          <Th className="w-[18%]">{t('failure.what')}</Th>
          <Th className="w-[16%]">{t('failure.told')}</Th>
          <Th>{t('failure.advice')}</Th>
          <Th className="w-[20%]">{t('failure.again')}</Th>
        </tr>
      </thead>
      <tbody>
        {failures.map((failure, index) => (
          // They have no name of their own, and their order never changes.
          <Tr key={index}>
            <Td className="h-auto py-1.5 align-top font-medium">{t(`failureKind.${failure.kind}`)}</Td>
            <Td className="h-auto py-1.5 align-top text-muted">{t(...toldBy(failure))}</Td>
            <Td className="h-auto py-1.5 align-top">{failure.userMessage}</Td>
            <Td className="h-auto py-1.5 align-top text-muted">{t(`retry.${failure.retry}`)}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

type Told = ['failure.itself' | 'failure.status' | 'failure.code' | 'failure.statusAndCode', { status?: string; code?: string }];

function toldBy({ match: { status, code } = {} }: Failure): Told {
  const values = { status: status?.replaceAll(',', ', '), code };
  if (status === undefined) return [code === undefined ? 'failure.itself' : 'failure.code', values];
  return [code === undefined ? 'failure.status' : 'failure.statusAndCode', values];
}
