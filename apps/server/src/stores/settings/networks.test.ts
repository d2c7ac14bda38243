import { expect, test } from 'vitest';
import { networkIssue } from './networks.ts';

test.each(['10.0.0.0/8', '192.168.1.0/24', '127.0.0.1', '127.0.0.1/32', '::1', 'fd00::/8', 'fe80::/10', '::ffff:10.0.0.0/104', 'erp.internal:8080', 'localhost:25', '127.0.0.1:4100', '[::1]:5432'])(
  '%s is understood',
  (entry) => expect(networkIssue(entry)).toBeUndefined(),
);

test.each(['', 'erp', '10.0.0.0/33', '10.0.0.0/', '300.1.1.1/8', 'fd00::/129', 'host:0', 'host:70000', 'http://host:80', '-x:80', '*'])(
  '“%s” is refused with a sentence',
  (entry) => expect(networkIssue(entry)).toMatch(/10\.1\.0\.0\/16/),
);

test('a network with bits set behind its prefix is asked about', () => {
  expect(networkIssue('10.1.2.3/8')).toMatch(/Did you mean/);
  expect(networkIssue('fd00::1/8')).toMatch(/Did you mean/);
});
