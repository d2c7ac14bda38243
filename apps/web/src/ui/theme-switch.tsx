import { Monitor, Moon, Sun } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Segmented } from './segmented.tsx';
import { useTheme, type Theme } from './theme.ts';

/** Light, dark, or whatever the computer uses. */
export function ThemeSwitch() {
  const { t } = useTranslation('ui');
  const { theme, setTheme } = useTheme();
  return (
    <Segmented<Theme>
      label={t('theme.label')}
      value={theme}
      onChange={setTheme}
      options={[
        { value: 'light', label: t('theme.light'), icon: <Sun /> },
        { value: 'dark', label: t('theme.dark'), icon: <Moon /> },
        { value: 'system', label: t('theme.system'), icon: <Monitor /> },
      ]}
    />
  );
}
