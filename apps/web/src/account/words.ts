import { addWords } from '../locales/i18n.ts';

addWords('account', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
