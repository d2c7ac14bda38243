import { expect, test } from 'vitest';
import { createOwnAddresses } from './own-addresses.ts';

const behindProxy = createOwnAddresses({ publicUrl: 'https://weft.example.com', host: '0.0.0.0' });
const alone = createOwnAddresses({ publicUrl: undefined, host: '127.0.0.1' });
const inNetwork = createOwnAddresses({ publicUrl: undefined, host: '0.0.0.0' });

test.each([
  ['weft.example.com', true],
  ['WEFT.example.com', true],
  ['weft.example.com:443', true],
  // A probe or a person on the machine itself.
  ['localhost:4100', true],
  ['127.0.0.1:4100', true],
  ['[::1]:4100', true],
  [null, true],
  ['weft.example.com:8443', false],
  ['weft.example.com.attacker.example', false],
  ['localhost.attacker.example', false],
  ['127.0.0.1.attacker.example', false],
  ['attacker.example', false],
  ['10.0.0.7', false],
  ['', false],
  ['a b', false],
])('with a public address, %s is one of its names: %s', (host, isOwn) => {
  expect(behindProxy.isOwnHost(host)).toBe(isOwn);
});

test.each([
  ['https://weft.example.com', 'weft.example.com', true],
  ['https://weft.example.com', '127.0.0.1:4100', true],
  ['http://weft.example.com', 'weft.example.com', false],
  ['https://weft.example.com:8443', 'weft.example.com', false],
  ['http://localhost:4100', 'localhost:4100', false],
  ['null', 'weft.example.com', false],
])('with a public address, a page from %s that calls %s is ours: %s', (origin, host, isOwn) => {
  expect(behindProxy.isOwnOrigin(origin, host)).toBe(isOwn);
});

test('without one, this machine’s own names count, and where others may connect any name', () => {
  expect(['localhost:4100', '127.0.0.1:4100', 'attacker.example:4100'].map(alone.isOwnHost)).toEqual([true, true, false]);
  expect(inNetwork.isOwnHost('nas.local:4100')).toBe(true);
  expect(inNetwork.isOwnOrigin('http://nas.local:4100', 'nas.local:4100')).toBe(true);
  expect(inNetwork.isOwnOrigin('https://nas.local:4100', 'nas.local:4100')).toBe(false);
  expect(alone.isOwnOrigin('http://localhost:5173', 'localhost:4100')).toBe(false);
});
