import { addWords } from '../locales/i18n.ts';

addWords('dead-letters', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
