import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Me, SessionSummary, Workspace } from '@weft/api';
import { owner, type Person, startWeft, type TestWeft } from '../../test/weft.ts';

let weft: TestWeft;
beforeEach(async () => {
  weft = await startWeft();
});
afterEach(() => weft.stop());

describe('claiming', () => {
  const claim = (token: string, more = {}) => weft.stranger().send('POST', '/setup', { ...owner, workspace: 'Acme', token, ...more });

  test('makes the owner, their workspace and a session with the token of the console', async () => {
    expect((await weft.stranger().send('GET', '/setup')).body).toEqual({ claimed: false });
    const ada = await weft.claim();
    const me = await ada.send('GET', '/me');
    expect(me.body).toMatchObject({ user: { name: owner.name, email: owner.email }, administrator: true, workspaces: [{ name: 'Acme', role: 'owner' }] });
    expect((await weft.stranger().send('GET', '/setup')).body).toEqual({ claimed: true });
  });

  test('needs the right token, and works once', async () => {
    const token = weft.server.setupToken ?? '';
    for (const wrong of ['', 'x', `${token}x`, token.slice(1), token.toLowerCase()]) expect((await claim(wrong)).status).toBe(403);
    expect((await claim(token)).status).toBe(200);
    const again = await claim(token, { email: 'eve@example.com' });
    expect(again.status).toBe(409);
    expect(again.body.detail).toMatch(/Sign in instead/);
  });

  test.each([
    ['with one e-mail address', () => ({})],
    ['each with their own', (index: number) => ({ email: `person-${index}@example.com` })],
  ])('at the same moment by eight, %s, makes one owner, and the others are told', async (_, of) => {
    const token = weft.server.setupToken ?? '';
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => claim(token, of(index))));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(7).fill(409)]);
    expect(answers.flatMap(({ status, body }) => (status === 409 ? [body.code] : []))).toEqual(Array<string>(7).fill('setup.claimed'));
  });

  test('names the field that is wrong', async () => {
    const answer = await claim(weft.server.setupToken ?? '', { email: 'nonsense', password: 'short' });
    expect(answer.status).toBe(400);
    expect(answer.body.issues?.map(({ path }) => path[0])).toEqual(['email', 'password']);
  });

  test('guessing is slowed down', async () => {
    const statuses = await Promise.all(Array.from({ length: 25 }, async (_, index) => (await claim(`guess-${index}`)).status));
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThan(0);
  });

  test('after a restart the console shows a new token, and none once claimed', async () => {
    const first = weft.server.setupToken;
    await weft.restart();
    expect(weft.server.setupToken).not.toBe(first);
    await weft.claim();
    await weft.restart();
    expect(weft.server.setupToken).toBeNull();
  });
});

describe('signing in', () => {
  const signIn = (email: string, password: string) => weft.stranger().send('POST', '/session', { email, password });

  test('a page asks who is signed in; a stranger and an old session are no error', async () => {
    const asked = async (person: Pick<Person, 'send'>) => {
      const { status, body } = await person.send('GET', '/session');
      return [status, body];
    };
    expect(await asked(weft.stranger())).toEqual([200, { claimed: false, me: null }]);
    const ada = await weft.claim();
    expect(await asked(ada)).toEqual([200, { claimed: true, me: (await ada.send('GET', '/me')).body }]);
    await ada.send('DELETE', '/session');
    expect(await asked(ada)).toEqual([200, { claimed: true, me: null }]);
  });

  test('works in any case of the e-mail address, with a cookie that scripts cannot read', async () => {
    await weft.claim();
    const answer = await signIn('ADA@Example.com', owner.password);
    expect(answer.status).toBe(200);
    const cookie = answer.headers.getSetCookie()[0];
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect(cookie).toMatch(/Path=\//);
  });

  test('says the same for a wrong password and an unknown address', async () => {
    await weft.claim();
    const wrong = await signIn(owner.email, 'not the password');
    const unknown = await signIn('nobody@example.com', 'not the password');
    expect(wrong.status).toBe(401);
    expect(unknown.status).toBe(401);
    expect(wrong.body).toEqual(unknown.body);
  });

  test('is refused for a while after many failures, also with the right password', async () => {
    await weft.claim();
    const failures = await Promise.all(Array.from({ length: 12 }, () => signIn(owner.email, 'not the password')));
    expect(failures.filter(({ status }) => status === 401)).toHaveLength(10);
    const throttled = await signIn(owner.email, owner.password);
    expect(throttled.status).toBe(429);
    expect(Number(throttled.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('from behind a proxy that is trusted is throttled by caller: a stranger locks nobody out', async () => {
    const proxied = await startWeft({ trustProxy: true });
    await proxied.claim();
    const from = (address: string, password: string) =>
      proxied.stranger().send('POST', '/session', { email: owner.email, password }, { 'x-forwarded-for': `10.9.9.9, ${address}` });
    await Promise.all(Array.from({ length: 12 }, () => from('203.0.113.5', 'not the password')));
    expect((await from('203.0.113.5', owner.password)).status).toBe(429);
    expect((await from('198.51.100.7', owner.password)).status).toBe(200);
    await proxied.stop();
  });

  test('is throttled by network: the addresses of one IPv6 customer are one caller', async () => {
    const proxied = await startWeft({ trustProxy: true });
    await proxied.claim();
    const from = (address: string) =>
      proxied.stranger().send('POST', '/session', { email: owner.email, password: 'not the password' }, { 'x-forwarded-for': address });
    const answers = await Promise.all(Array.from({ length: 12 }, (_, index) => from(`2001:db8:1:2:${index}::1`)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10);
    expect((await from('2001:db8:1:3::1')).status).toBe(401);
    await proxied.stop();
  });

  test('stays open to its owner where they are signed in, however many strangers try their address', async () => {
    const proxied = await startWeft({ trustProxy: true });
    await proxied.claim();
    const from = (address: string, password: string) =>
      proxied.stranger().send('POST', '/session', { email: owner.email, password }, { 'x-forwarded-for': address });
    expect((await from('198.51.100.7', owner.password)).status).toBe(200);
    for (let network = 0; network < 11; network += 1) {
      await Promise.all(Array.from({ length: 10 }, () => from(`203.0.113.${network}`, 'not the password')));
    }
    expect((await from('203.0.113.99', 'not the password')).status).toBe(429);
    expect((await from('198.51.100.7', owner.password)).status).toBe(200);
    await proxied.stop();
  }, 30_000);

  test('does not believe a forwarded address when no proxy is trusted', async () => {
    await weft.claim();
    const failures = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        weft.stranger().send('POST', '/session', { email: owner.email, password: 'not the password' }, { 'x-forwarded-for': `203.0.113.${index}` }),
      ),
    );
    expect(failures.map(({ status }) => status)).toContain(429);
  });

  test('does not make accounts', async () => {
    expect((await signIn(owner.email, owner.password)).status).toBe(401);
    expect((await weft.stranger().send('GET', '/setup')).body).toEqual({ claimed: false });
  });
});

describe('sessions', () => {
  test('are listed, and end one by one or all but this', async () => {
    const ada = await weft.claim();
    const [phone, tablet] = [weft.stranger(), weft.stranger()];
    for (const device of [phone, tablet]) await device.send('POST', '/session', { email: owner.email, password: owner.password }, { 'user-agent': 'Phone' });
    const listed = (await ada.send<SessionSummary[]>('GET', '/me/sessions')).body;
    expect(listed).toHaveLength(3);
    expect(listed.filter(({ current }) => current)).toHaveLength(1);
    expect(listed.filter(({ userAgent }) => userAgent === 'Phone')).toHaveLength(2);
    const own = (await phone.send<SessionSummary[]>('GET', '/me/sessions')).body.find(({ current }) => current);
    expect((await ada.send('DELETE', `/me/sessions/${own?.id}`)).status).toBe(204);
    expect((await phone.send('GET', '/me')).status).toBe(401);
    expect((await tablet.send('GET', '/me')).status).toBe(200);
    expect((await ada.send('DELETE', '/me/sessions')).status).toBe(204);
    expect((await tablet.send('GET', '/me')).status).toBe(401);
    expect((await ada.send('GET', '/me')).status).toBe(200);
  });

  test('that end close what was open for them', async () => {
    const ada = await weft.claim();
    const phone = weft.stranger();
    await phone.send('POST', '/session', { email: owner.email, password: owner.password });
    const stream = await fetch(`${weft.url}/api/v1/w/${ada.workspace}/events`, { headers: { cookie: phone.cookies } });
    const text = stream.text();
    await ada.send('DELETE', '/me/sessions');
    expect(await text).toContain('retry:');
  });

  test('of somebody else do not exist', async () => {
    const ada = await weft.claim();
    const eve = await weft.someoneElse();
    const [session] = (await ada.send<SessionSummary[]>('GET', '/me/sessions')).body;
    expect((await eve.send('DELETE', `/me/sessions/${session?.id}`)).status).toBe(404);
    expect((await ada.send('GET', '/me')).status).toBe(200);
  });

  test('survive a restart, and signing out ends them for good', async () => {
    const ada = await weft.claim();
    await weft.restart();
    expect((await ada.send('GET', '/me')).status).toBe(200);
    const kept = ada.cookies;
    expect((await ada.send('DELETE', '/session')).status).toBe(204);
    ada.cookies = kept;
    expect((await ada.send('GET', '/me')).status).toBe(401);
  });
});

describe('the account', () => {
  test('changes its name', async () => {
    const ada = await weft.claim();
    expect((await ada.send<Me>('PATCH', '/me', { name: '  Ada King ' })).body.user.name).toBe('Ada King');
    expect((await ada.send<Me>('GET', '/me')).body.user.name).toBe('Ada King');
  });

  test('changes its password, which ends the other sessions', async () => {
    const ada = await weft.claim();
    const phone = weft.stranger();
    await phone.send('POST', '/session', { email: owner.email, password: owner.password });
    const wrong = await ada.send('POST', '/me/password', { current: 'not the password', next: 'a new long password' });
    expect(wrong.status).toBe(400);
    expect(wrong.body.issues).toEqual([{ path: ['current'], message: expect.any(String) }]);
    expect((await ada.send('POST', '/me/password', { current: owner.password, next: 'a new long password' })).status).toBe(204);
    expect((await phone.send('GET', '/me')).status).toBe(401);
    expect((await ada.send('GET', '/me')).status).toBe(200);
    expect((await weft.stranger().send('POST', '/session', { email: owner.email, password: owner.password })).status).toBe(401);
    expect((await weft.stranger().send('POST', '/session', { email: owner.email, password: 'a new long password' })).status).toBe(200);
  });

  test('makes and renames workspaces', async () => {
    const ada = await weft.claim();
    const made = await ada.send<Workspace>('POST', '/workspaces', { name: 'Second' });
    expect(made.body).toMatchObject({ name: 'Second', role: 'owner', practiceUrl: expect.stringContaining('/practice/') });
    expect((await ada.send<Workspace>('PATCH', `/workspaces/${made.body.id}`, { name: 'Other' })).body.name).toBe('Other');
    expect((await ada.send<Me>('GET', '/me')).body.workspaces.map(({ name }) => name)).toEqual(['Acme', 'Other']);
  });
});
