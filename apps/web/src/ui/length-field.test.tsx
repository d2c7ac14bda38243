// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import '../locales/i18n.ts';
import { LengthField } from './length-field.tsx';

afterEach(cleanup);

it('keeps a time that is too long in the field with its reason, and sets none', () => {
  const set: (number | undefined)[] = [];
  function Host() {
    const [value, setValue] = useState<number>();
    return (
      <LengthField
        label="How long"
        maxMs={10 * 86_400_000}
        value={value}
        onChange={(ms) => {
          set.push(ms);
          setValue(ms);
        }}
      />
    );
  }
  render(<Host />);
  const field = screen.getByLabelText<HTMLInputElement>('How long');
  fireEvent.change(field, { target: { value: '5' } });
  fireEvent.change(field, { target: { value: '50000000' } });
  expect([field.value, set]).toEqual(['50000000', [300_000]]);
  expect(screen.getByText('At most 10 days: choose a shorter time.')).toBeTruthy();
  fireEvent.change(field, { target: { value: '6' } });
  expect(set).toEqual([300_000, 360_000]);
});
