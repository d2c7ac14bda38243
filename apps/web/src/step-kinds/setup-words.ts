import { addWords } from '../locales/i18n.ts';

/** The words of the forms, which come with them. */
addWords('step-kinds', import.meta.glob('./*/setup-strings.*.ts', { eager: true, import: 'default' }));
