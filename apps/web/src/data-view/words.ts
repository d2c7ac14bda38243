import { addWords } from '../locales/i18n.ts';

addWords('data-view', import.meta.glob('./strings.*.ts', { eager: true, import: 'default' }));
