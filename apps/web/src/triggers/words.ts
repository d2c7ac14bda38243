import { addWords } from '../locales/i18n.ts';

addWords('triggers', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
