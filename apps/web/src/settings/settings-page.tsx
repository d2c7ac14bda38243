import { useTranslation } from 'react-i18next';
import { Page } from '../app/page.tsx';
import { useMe } from '../api/index.ts';
import { LoadingRegion, ThemeSwitch } from '../ui/index.ts';
import { InstallationSection } from './installation-section.tsx';
import { LimitsSection } from './limits-section.tsx';
import { MaintenanceSection } from './maintenance-section.tsx';
import { PasswordSection } from './password-section.tsx';
import { ProfileSection } from './profile-section.tsx';
import { Section } from './section.tsx';
import { SessionsSection } from './sessions-section.tsx';
import { WorkspaceSection } from './workspace-section.tsx';
import './words.ts';

export function SettingsPage() {
  const { t } = useTranslation('settings');
  const { data: me } = useMe();
  return (
    <Page title={t('title')}>
      {me === undefined ? (
        <LoadingRegion />
      ) : (
        <div className="flex flex-col divide-y divide-line">
          <ProfileSection me={me} />
          <PasswordSection />
          <SessionsSection />
          <Section id="appearance" title={t('appearance.title')} text={t('appearance.text')}>
            <ThemeSwitch />
          </Section>
          <WorkspaceSection me={me} />
          {me.administrator && (
            <>
              <InstallationSection />
              <LimitsSection />
              <MaintenanceSection />
            </>
          )}
        </div>
      )}
    </Page>
  );
}
