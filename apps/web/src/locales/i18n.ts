import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

/**
 * Every folder keeps its own words next to its code, in `strings.<language>.ts`, and uses them through
 * `useTranslation('<folder>')`. A second language is a second file.
 */
const files = import.meta.glob<Record<string, unknown>>('../*/strings.*.ts', { eager: true, import: 'default' });

const resources: Record<string, Record<string, Record<string, unknown>>> = {};
for (const [path, strings] of Object.entries(files)) {
  const [, namespace, language] = /\/([^/]+)\/strings\.(\w+)\.ts$/.exec(path) ?? [];
  if (namespace !== undefined && language !== undefined) (resources[language] ??= {})[namespace] = strings;
}

export const i18n = i18next;

void i18next.use(initReactI18next).init({
  lng: regional('en'),
  fallbackLng: 'en',
  resources,
  defaultNS: 'app',
  // React escapes what it renders.
  interpolation: { escapeValue: false },
});

/** The reader's own kind of a language, for dates and numbers: `en-GB` where the browser asks for it. */
function regional(language: string): string {
  return navigator.languages.find((tag) => /^\w+(-\w+)*$/.test(tag) && tag.split('-')[0] === language) ?? language;
}
