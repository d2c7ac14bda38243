import { accessDenied, addressRefused, authFailed, conflict, invalidInput, upstreamFailed } from '@weft/connector-sdk/author';
import { z } from 'zod';

export const table = z.string().min(1).max(128).meta({ title: 'Table' });

export const makeMissing = z
  .boolean()
  .default(false)
  .meta({
    title: 'Make the table when it is missing',
    description: 'With one column for each field of the first rows. Fields that come later get columns, too.',
  });

export const row = z.record(z.string(), z.unknown()).meta({ title: 'Row', 'x-open': true });

export const failures = [
  authFailed(undefined, 'The database refused this user and password. Check them in the connection.'),
  accessDenied(undefined, 'This database user may not do that. Ask for the permission, or use another connection.'),
  conflict(undefined, 'The database refused the row: a value is there already, missing, or points to nothing.'),
  invalidInput(undefined, 'The table or a column does not exist, or a value does not fit its column.'),
  upstreamFailed(undefined, 'The database did not answer. Weft tries again; if it lasts, check host and port in the connection.'),
  addressRefused(),
];
