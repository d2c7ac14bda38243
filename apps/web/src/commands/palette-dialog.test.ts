// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { ranked } from './palette-dialog.tsx';

const command = (id: string, title: string, keywords: string[] = []) => ({ id, title, keywords, section: 'Actions', run: () => undefined });
const commands = [
  command('theme-dark', 'Use the dark theme'),
  command('new-flow', 'New flow'),
  command('share', 'Share a flow as a file', ['template']),
  command('people', 'Invite people', ['members', 'team']),
];
const found = (search: string): string[] => ranked([['Actions', commands]], search).flatMap(([, inside]) => inside.map(({ id }) => id));

it('finds commands by their words and by the beginnings of them', () => {
  expect(found('share')).toEqual(['share']);
  expect(found('members')).toEqual(['people']);
  expect(found('nf')).toEqual(['new-flow']);
  expect(found('dark')).toEqual(['theme-dark']);
});

it('takes nothing for a find in which the letters only happen to stand somewhere', () => {
  expect(found('zebra')).toEqual([]);
  expect(found('uhkte')).toEqual([]);
});
