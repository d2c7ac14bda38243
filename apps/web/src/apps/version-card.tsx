import type { ConnectorDescriptor } from '@weft/connector-sdk';
import { useTranslation } from 'react-i18next';
import { Badge, Card } from '../ui/index.ts';
import './words.ts';

/** Which version is here, and until when it works. */
export function VersionCard({ connector: { version, lifecycle = {} } }: { connector: ConnectorDescriptor }) {
  const { t, i18n } = useTranslation('apps');
  const day = (date: string) => new Date(`${date}T00:00:00Z`).toLocaleDateString(i18n.language, { dateStyle: 'long', timeZone: 'UTC' });
  const { deprecatedOn, removeOn, replacedBy } = lifecycle;
  const said = [
    ...(deprecatedOn === undefined ? [] : [t('version.deprecated', { date: day(deprecatedOn) })]),
    ...(removeOn === undefined ? [] : [t('version.until', { date: day(removeOn) })]),
    ...(replacedBy === undefined ? [] : [t('version.instead', { instead: replacedBy })]),
  ];
  return (
    <Card className="flex flex-col gap-2 p-4">
      <h2 className="flex items-center gap-2 text-base font-semibold">
        {t('version.title')} <Badge tone={said.length > 0 ? 'warn' : 'neutral'}>{version}</Badge>
      </h2>
      <p className="text-sm text-muted">{said.length > 0 ? said.join(' ') : t('version.only')}</p>
    </Card>
  );
}
