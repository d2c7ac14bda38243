import { addWords } from '../locales/i18n.ts';

addWords('settings', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
