import { RetryableError, TerminalError } from '@weft/connector-sdk';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../test/loopback.ts';
import { createEgress, RefusedAddress, type EgressOptions, type Resolver } from './index.ts';

function egress(options: Partial<EgressOptions> = {}) {
  const made = createEgress({ allowed: () => [], ...options });
  onTestFinished(() => made.close());
  return made;
}

const get = (url: string) => ({ method: 'GET', url, signal: new AbortController().signal });

/** Names as a test wants them; each call takes the next answer, the last one stays. */
function names(answers: Record<string, string[][]>): Resolver & { asked: string[] } {
  const asked: string[] = [];
  const resolver = async (name: string) => {
    asked.push(name);
    const list = answers[name] ?? [[]];
    const answer = (list.length > 1 ? list.shift() : list[0]) ?? [];
    return answer.map((address) => ({ address, family: address.includes(':') ? (6 as const) : (4 as const) }));
  };
  return Object.assign(resolver, { asked });
}

describe('an address of this machine or of a private network is refused in whatever form it is written', () => {
  const forms = [
    '127.0.0.1', '127.1', '127.0.1', '2130706433', '0x7f.1', '0x7f000001', '0177.0.0.1', '0', '0.0.0.0', '１２７.0.0.1',
    '[::1]', '[::]', '[::ffff:7f00:1]', '[::ffff:127.0.0.1]', '[::7f00:1]', '[64:ff9b::7f00:1]', '[64:ff9b:1::7f00:1]', '[2002:7f00:1::]',
    '[2001:0:7f00:1::]', '[fe80::1]', '[fd00:ec2::254]', '[fec0::1]', '[2001:db8::1]', '[ff02::1]', '[4000::1]',
    '169.254.169.254', '168.63.129.16', '100.100.100.200', '192.0.0.192', '10.1.2.3', '172.16.0.1', '192.168.1.1', '100.64.0.1', '198.18.0.1',
    '224.0.0.1', '255.255.255.255',
  ];

  test.each(forms)('%s over HTTP', async (host) => {
    const { port, requests } = await listen();
    const refused = egress().http.request(get(`http://${host}:${port}/`));
    await expect(refused).rejects.toBeInstanceOf(RefusedAddress);
    await expect(refused).rejects.toMatchObject({ kind: 'refused', retryable: false, message: expect.stringContaining('private networks Weft may call') });
    expect(requests).toEqual([]);
  });

  test.each(forms)('%s for every other protocol', async (host) => {
    await expect(egress().net.resolve(host.replace(/^\[|\]$/g, ''), 5432)).rejects.toMatchObject({ kind: 'refused' });
    await expect(egress().net.resolve(host, 5432)).rejects.toMatchObject({ kind: 'refused' });
  });

  test('a refusal is a final error, so nothing tries again', async () => {
    await expect(egress().http.request(get('http://127.0.0.1/'))).rejects.toBeInstanceOf(TerminalError);
  });
});

describe('a name is judged by what it stands for', () => {
  test('localhost, as the operating system resolves it', async () => {
    const { port, requests } = await listen();
    await expect(egress().http.request(get(`http://localhost:${port}/`))).rejects.toBeInstanceOf(RefusedAddress);
    expect(requests).toEqual([]);
  });

  test('a public looking name that resolves to a private address', async () => {
    const { port, requests } = await listen();
    const resolver = names({ 'shop.example': [['127.0.0.1']] });
    await expect(egress({ resolver }).http.request(get(`http://shop.example:${port}/`))).rejects.toThrow(/private network/);
    await expect(egress({ resolver }).net.resolve('shop.example', port)).rejects.toThrow(/private network/);
    expect(requests).toEqual([]);
  });

  test('the sentence does not tell what a name resolves to', async () => {
    const resolver = names({ 'shop.example': [['10.20.30.40']] });
    await expect(egress({ resolver }).net.resolve('shop.example', 80)).rejects.toMatchObject({ message: expect.not.stringContaining('10.20.30.40') });
  });

  test('a mixed answer is refused, whichever comes first', async () => {
    const { port, requests } = await listen();
    for (const answer of [['93.184.215.14', '127.0.0.1'], ['127.0.0.1', '93.184.215.14'], ['2606:4700::1111', '::1']]) {
      const resolver = names({ 'shop.example': [answer] });
      await expect(egress({ resolver }).http.request(get(`http://shop.example:${port}/`))).rejects.toThrow(/private network/);
    }
    expect(requests).toEqual([]);
  });

  test('a name that changes its answer after the check is dialled at the checked address', async () => {
    const allowed = await listen((_request, response) => response.end('checked'));
    const other = await listen((_request, response) => response.end('rebound'), '127.0.0.2');
    const resolver = names({ 'shop.example': [['127.0.0.1'], ['127.0.0.2']] });
    const { http } = egress({ resolver, allowed: () => ['127.0.0.1'] });
    const answer = await http.request(get(`http://shop.example:${allowed.port}/`));
    expect(Buffer.from(answer.body).toString()).toBe('checked');
    expect(resolver.asked).toEqual(['shop.example']);
    expect(other.requests).toEqual([]);
  });

  test('and at the next connection the new answer is checked again', async () => {
    const { port, server } = await listen();
    const resolver = names({ 'shop.example': [['127.0.0.1'], ['127.0.0.2']] });
    const { http } = egress({ resolver, allowed: () => ['127.0.0.1'] });
    await http.request(get(`http://shop.example:${port}/`));
    server.closeAllConnections();
    await new Promise((resolve) => setImmediate(resolve));
    await expect(http.request(get(`http://shop.example:${port}/`))).rejects.toThrow(/private network|closed the connection/);
    await expect(http.request(get(`http://shop.example:${port}/`))).rejects.toThrow(/private network/);
  });

  test('a connection opened for one name is never used for another', async () => {
    const { port, requests } = await listen();
    const resolver = names({ 'one.example': [['127.0.0.1']], 'two.example': [['10.0.0.1']] });
    const { http } = egress({ resolver, allowed: () => ['127.0.0.1'] });
    await http.request(get(`http://one.example:${port}/`));
    await expect(http.request({ ...get(`http://two.example:${port}/`), headers: { host: 'one.example' } })).rejects.toThrow(/private network/);
    expect(requests).toHaveLength(1);
  });

  test('a name without any address fails with a sentence', async () => {
    await expect(egress({ resolver: names({}) }).http.request(get('http://nowhere.example/'))).rejects.toThrow(
      'nowhere.example could not be found',
    );
  });
});

test('what is said of a name does not tell whether it exists inside; whoever runs the server is told', async () => {
  const told: string[] = [];
  const resolver: Resolver = async (name) => {
    if (name === 'erp.internal') return [{ address: '10.0.0.7', family: 4 }];
    if (name === 'weft.internal') return [{ address: '127.0.0.1', family: 4 }];
    if (name === 'empty.internal') return [];
    throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' });
  };
  const { http, net } = egress({ resolver, ownPort: () => 4100, refused: (name, { message }) => void told.push(`${name}: ${message}`) });
  const saidOf = async (name: string, failing: Promise<unknown>): Promise<object> => {
    const error = await failing.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RetryableError);
    // Whatever a run keeps of an error.
    const { message, kind, retryable, retryAfterMs } = error as RetryableError;
    return { message: message.replaceAll(name, 'NAME'), kind, retryable, retryAfterMs };
  };
  const names = ['erp.internal', 'weft.internal', 'empty.internal', 'none.internal'];
  const said = await Promise.all(names.flatMap((name) => [saidOf(name, net.resolve(name, 4100)), saidOf(name, http.request(get(`http://${name}:4100/`)))]));
  expect(new Set(said.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(told.toSorted()).toEqual([
    ...Array<string>(2).fill(expect.stringContaining('"erp.internal" belongs to a private network') as string),
    ...Array<string>(2).fill(expect.stringContaining('is Weft itself') as string),
  ]);
});

describe('a redirect is checked like a first call', () => {
  test('to a private address', async () => {
    const inside = await listen((_request, response) => response.end('secret'), '127.0.0.2');
    const outside = await listen((_request, response) => response.writeHead(302, { location: inside.origin }).end());
    await expect(egress({ allowed: () => ['127.0.0.1'] }).http.request(get(outside.origin))).rejects.toBeInstanceOf(RefusedAddress);
    expect(inside.requests).toEqual([]);
  });

  test.each(['file:///etc/passwd', 'gopher://127.0.0.1:6379/_INFO', 'ftp://127.0.0.1/'])('to %s', async (location) => {
    const outside = await listen((_request, response) => response.writeHead(302, { location }).end());
    await expect(egress({ allowed: () => ['127.0.0.1'] }).http.request(get(outside.origin))).rejects.toBeInstanceOf(RefusedAddress);
  });
});

describe('what is no http address', () => {
  test.each([
    'file:///etc/passwd', 'gopher://127.0.0.1:6379/_INFO', 'ftp://example.com/', 'data:text/plain,hello', 'javascript:1', 'unix:/var/run/docker.sock',
  ])('%s is refused', async (url) => {
    await expect(egress().http.request(get(url))).rejects.toBeInstanceOf(RefusedAddress);
  });

  test.each(['', 'orders', '//api.example.com', 'http://', 'http://[::1', 'http://exa mple.com'])('"%s" is called incomplete', async (url) => {
    await expect(egress().http.request(get(url))).rejects.toMatchObject({ kind: 'invalid_input' });
  });

  test.each(['a/b', 'a?b', 'user@host', 'a b', '', 'a\\b'])('"%s" is no host for other protocols', async (host) => {
    await expect(egress().net.resolve(host, 25)).rejects.toBeInstanceOf(RefusedAddress);
  });

  test('a password in the address is refused without repeating it', async () => {
    const refused = egress().http.request(get('http://ada:canary@example.com/'));
    await expect(refused).rejects.toMatchObject({ kind: 'invalid_input', message: expect.not.stringContaining('canary') });
  });
});

describe('what the administrator allows', () => {
  test.each([
    ['a network', () => '127.0.0.0/8'],
    ['an address', () => '127.0.0.1'],
    ['an address with its port', (port: number) => `127.0.0.1:${port}`],
    ['with spaces around it', () => '  127.0.0.1  '],
  ])('%s', async (_title, line) => {
    const { port, origin } = await listen();
    const answer = await egress({ allowed: () => ['', 'not a line!', line(port)] }).http.request(get(origin));
    expect(answer.status).toBe(200);
  });

  test('a name with its port, wherever it leads', async () => {
    const { port } = await listen();
    const resolver = names({ 'erp.internal': [['127.0.0.1']], 'other.internal': [['127.0.0.1']] });
    const { http, net } = egress({ resolver, allowed: () => [`ERP.internal:${port}`] });
    await expect(http.request(get(`http://erp.internal:${port}/`))).resolves.toMatchObject({ status: 200 });
    await expect(net.resolve('erp.internal', port)).resolves.toEqual({ address: '127.0.0.1', family: 4 });
    await expect(http.request(get(`http://other.internal:${port}/`))).rejects.toThrow(/private network/);
    await expect(net.resolve('erp.internal', port + 1)).rejects.toThrow(/private network/);
  });

  test('other protocols get one pinned address, IPv4 where there is one', async () => {
    const resolver = names({ 'db.example': [['2606:4700::1111', '93.184.215.14']], 'six.example': [['2606:4700::1111']] });
    await expect(egress({ resolver }).net.resolve('DB.example', 5432)).resolves.toEqual({ address: '93.184.215.14', family: 4 });
    await expect(egress({ resolver }).net.resolve('six.example', 5432)).resolves.toEqual({ address: '2606:4700::1111', family: 6 });
  });

  test('nothing beyond it: another port, another address, an IPv6 form of another address', async () => {
    const { port } = await listen();
    const { http } = egress({ allowed: () => [`127.0.0.1:${port}`] });
    await expect(http.request(get(`http://127.0.0.1:${port + 1}/`))).rejects.toBeInstanceOf(RefusedAddress);
    await expect(http.request(get(`http://127.0.0.2:${port}/`))).rejects.toBeInstanceOf(RefusedAddress);
    await expect(http.request(get(`http://[::1]:${port}/`))).rejects.toBeInstanceOf(RefusedAddress);
    await expect(http.request(get(`http://[::ffff:127.0.0.2]:${port}/`))).rejects.toBeInstanceOf(RefusedAddress);
  });

  test('a change of the setting counts at the next call, also for connections that are open', async () => {
    const { origin, requests } = await listen();
    let allowed: string[] = [];
    const { http } = egress({ allowed: () => allowed });
    await expect(http.request(get(origin))).rejects.toBeInstanceOf(RefusedAddress);
    allowed = ['127.0.0.1'];
    await http.request(get(origin));
    allowed = [];
    await expect(http.request(get(origin))).rejects.toBeInstanceOf(RefusedAddress);
    expect(requests).toHaveLength(1);
  });

  test("Weft's own port stays closed even where its network is allowed", async () => {
    const { port, requests } = await listen();
    const { http, net } = egress({ allowed: () => ['127.0.0.0/8', `127.0.0.1:${port}`], ownPort: () => port });
    await expect(http.request(get(`http://127.0.0.1:${port}/`))).rejects.toBeInstanceOf(RefusedAddress);
    await expect(net.resolve('127.0.0.1', port)).rejects.toThrow('is Weft itself');
    await expect(net.resolve('::1', port)).rejects.toThrow(`"[::1]:${port}" is Weft itself`);
    expect(requests).toEqual([]);
  });
});

describe('the exception for the practice service', () => {
  test('covers its origin and path and nothing else, also not on a connection it has opened', async () => {
    const { port, requests, origin } = await listen();
    const { http } = egress({ exceptOrigins: [{ origin, pathPrefix: '/practice' }], ownPort: () => port });
    await http.request(get(`${origin}/practice/erp/orders?a=1`));
    await http.request(get(`${origin}/practice`));
    const others = [
      '/', '/api/v1/flows', '/practice2', '/practice/../api', '/practice/%2e%2e/api', '/practice/..%2fapi', '/practice/%2E%2E%2Fapi',
      '/practice/..%5capi',
    ];
    for (const path of others) await expect(http.request(get(`${origin}${path}`))).rejects.toBeInstanceOf(RefusedAddress);
    await expect(http.request(get(`http://127.1:${port}/api`))).rejects.toBeInstanceOf(RefusedAddress);
    expect(requests.map(({ url }) => url)).toEqual(['/practice/erp/orders?a=1', '/practice']);
  });

  test('is not reachable by a redirect from outside, and does not lead out of itself', async () => {
    const practice = await listen(
      (request, response) => (request.url === '/practice/away' ? response.writeHead(302, { location: '/api' }) : response).end(),
      '127.0.0.2',
    );
    const outside = await listen((_request, response) => response.writeHead(302, { location: `${practice.origin}/practice/erp` }).end());
    const { http } = egress({ allowed: () => ['127.0.0.1'], exceptOrigins: [{ origin: practice.origin, pathPrefix: '/practice/' }] });
    await expect(http.request(get(outside.origin))).rejects.toBeInstanceOf(RefusedAddress);
    await expect(http.request(get(`${practice.origin}/practice/away`))).rejects.toBeInstanceOf(RefusedAddress);
    expect(practice.requests.map(({ url }) => url)).toEqual(['/practice/away']);
  });
});

test('a name that is not found can be tried again: the network may be down', async () => {
  const resolver: Resolver = async (name) => Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }));
  await expect(egress({ resolver }).net.resolve('nowhere.example', 25)).rejects.toBeInstanceOf(RetryableError);
  await expect(egress({ resolver }).http.request(get('http://nowhere.example/'))).rejects.toThrow('nowhere.example could not be found');
});
