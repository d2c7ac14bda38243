import { expect, test } from 'vitest';
import { toConnectorError } from './errors.ts';

test.each([
  ["EMFILE: too many open files, open '/srv/weft/data/files/ws_1/out.csv'", "EMFILE: too many open files, open '…'"],
  ["ENOENT: no such file or directory, rename '/a/b/c' -> '/a/d'", "ENOENT: no such file or directory, rename '…' -> '…'"],
  ['Cannot find module /opt/weft/x.js', 'Cannot find module …'],
  ["EPERM: open 'C:\\Users\\ada\\weft\\x.csv'", "EPERM: open '…'"],
  ['GET https://api.example.com/v1/orders answered nonsense', 'GET https://api.example.com/v1/orders answered nonsense'],
  ['1/2/3 is no date, and/or wrong', '1/2/3 is no date, and/or wrong'],
])('an unexpected failure does not say where things lie on the server: %s', (message, said) => {
  expect(toConnectorError(new Error(message)).message).toBe(`Something unexpected happened: ${said}`);
});
