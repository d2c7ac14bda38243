import { addWords } from '../locales/i18n.ts';

addWords('apps', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
