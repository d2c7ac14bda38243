import type { FormTexts } from '@weft/schema-form';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { sentenceOf } from '../locales/sentence-of.ts';
import './words.ts';

/** The generated form's own words in the person's language. */
export function useFormTexts(): Partial<FormTexts> {
  const { t } = useTranslation('inspector');
  return useMemo(
    () => ({
      issue: sentenceOf,
      required: t('form.required'),
      choose: t('form.choose'),
      none: t('form.none'),
      defaultIs: (value) => t('form.defaultIs', { value }),
      addEntry: t('form.addEntry'),
      add: (title) => t('form.add', { title }),
      remove: (title) => t('form.remove', { title }),
      moveUp: (title) => t('form.moveUp', { title }),
      moveDown: (title) => t('form.moveDown', { title }),
      item: (title, position) => t('form.item', { title, position }),
      name: t('form.name'),
      value: t('form.value'),
      nameOf: (position) => t('form.nameOf', { position }),
      valueOf: (name) => t('form.valueOf', { name }),
      addPair: t('form.addPair'),
      addField: t('form.addField'),
      refusedName: (name) => t('form.refusedName', { name }),
      brokenRef: (ref) => t('form.brokenRef', { ref }),
      ownField: (name) => t('form.ownField', { name }),
      moreFields: (title) => (title === '' ? t('form.moreFields') : t('form.moreFieldsOf', { title })),
      twice: (name) => t('form.twice', { name }),
      kindOf: (title) => t('form.kindOf', { title }),
      option: (position) => t('form.option', { position }),
      loading: t('form.loading'),
      optionsFailed: t('form.optionsFailed'),
      noOptions: t('form.noOptions'),
      retry: t('form.retry'),
      reload: t('form.reload'),
      typeInstead: t('form.typeInstead'),
      chooseInstead: t('form.chooseInstead'),
      notJson: t('form.notJson'),
      jsonHint: t('form.jsonHint'),
      show: t('form.show'),
      hide: t('form.hide'),
      noFields: t('form.noFields'),
    }),
    [t],
  );
}
