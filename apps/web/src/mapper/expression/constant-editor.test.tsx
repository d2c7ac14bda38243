// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import type { Json } from '@weft/json-schema';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import '../../locales/i18n.ts';
import { ConstantEditor } from './constant-editor.tsx';

afterEach(cleanup);

function Editor({ schema, first }: { schema: Parameters<typeof ConstantEditor>[0]['schema']; first: Json }) {
  const [value, setValue] = useState(first);
  return <ConstantEditor label="Value" schema={schema} value={value} onChange={setValue} />;
}

it('a pattern of dates is chosen among usual ones or typed, and shows what it gives', () => {
  render(<Editor schema={{ type: 'string', 'x-widget': 'date-pattern' }} first="" />);
  const input = screen.getByLabelText('Value');
  const list = document.getElementById(input.getAttribute('list') ?? '');
  expect([...(list?.querySelectorAll('option') ?? [])].map((option) => [option.value, option.label])).toContainEqual(['dd.MM.yyyy', '31.01.2026']);
  fireEvent.change(input, { target: { value: "yyyy'W'" } });
  expect(screen.getByText('Such as 2026W')).toBeTruthy();
  fireEvent.change(input, { target: { value: 'bbb' } });
  expect(screen.queryByText(/Such as/)).toBeNull();
});

it('a time zone is searched for', async () => {
  render(<Editor schema={{ type: 'string', format: 'timezone' }} first="Europe/Oslo" />);
  expect((await screen.findByRole('combobox', { name: 'Value' })).textContent).toContain('Europe/Oslo');
});
