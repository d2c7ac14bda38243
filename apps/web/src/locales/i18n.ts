import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { sentences } from './sentence-of.ts';

/**
 * Every folder keeps its own words next to its code, in `strings.<language>.ts`, and uses them through
 * `useTranslation('<folder>')`. A second language is a second file. The words of folders that the editor's first load
 * does without come with their code: see `addWords`.
 */
const files = import.meta.glob<Words>(['../*/strings.*.ts', '!../{settings,approvals,files,dead-letters,replay,triggers,connections}/strings.*.ts'], { eager: true, import: 'default' });

/** What packages say (see `sentenceOf`), in every language but their own English. */
const sentenceTables = import.meta.glob<Words>('./sentences.*.ts', { eager: true, import: 'default' });

type Words = Record<string, unknown>;

const resources: Record<string, Record<string, Words>> = {};
const add = (namespace: string | undefined, path: string, words: Words): void => {
  const language = languageOf(path);
  if (namespace !== undefined && language !== undefined) (resources[language] ??= {})[namespace] = words;
};
for (const [path, words] of Object.entries(files)) add(/\/([^/]+)\/strings\.\w+\.ts$/.exec(path)?.[1], path, words);
for (const [path, words] of Object.entries(sentenceTables)) add(sentences, path, words);

export const i18n = i18next;

void i18next.use(initReactI18next).init({
  lng: regional('en'),
  fallbackLng: 'en',
  resources,
  defaultNS: 'app',
  // React escapes what it renders.
  interpolation: { escapeValue: false },
});

/** The words of a folder that brings them itself, by file: in its `words.ts`, which every file that uses them imports. */
export function addWords(folder: string, byFile: Record<string, Words>): void {
  for (const [path, words] of Object.entries(byFile)) {
    const language = languageOf(path);
    if (language !== undefined) i18next.addResourceBundle(language, folder, words);
  }
}

function languageOf(path: string): string | undefined {
  return /(?:strings|sentences)\.(\w+)\.ts$/.exec(path)?.[1];
}

/** The reader's own kind of a language, for dates and numbers: `en-GB` where the browser asks for it. */
function regional(language: string): string {
  return navigator.languages.find((tag) => /^\w+(-\w+)*$/.test(tag) && tag.split('-')[0] === language) ?? language;
}
