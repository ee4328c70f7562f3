import { createServer, type AddressInfo, type Socket } from 'node:net';
import { createServer as createHttpServer } from 'node:http';
import type { lookup } from 'node:dns';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { GuardedSocket } from '../../shared/network/guarded-socket.js';
import { guardedClient } from '../../shared/network/guarded-client.js';
import { SourceHosts } from '../../shared/network/source-hosts.js';

const problemOf = (list: string, host: string, port = 5432) => SourceHosts.read(list).findProblem(host, port)?.code;
/** A resolver that stands for DNS. */
const resolvesTo = (...addresses: string[]): typeof lookup =>
  ((_host: string, _options: object, done: (error: null, found: object[]) => void) =>
    done(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )) as never;

describe('the list of hosts of sources', () => {
  it('permits nothing while it is empty', () => {
    expect(problemOf('', 'db.example')).toBe('HOST_NOT_LISTED');
    expect(problemOf('', '8.8.8.8')).toBe('HOST_NOT_LISTED');
  });

  it.each([
    ['127.0.0.1'],
    ['10.1.2.3'],
    ['172.16.0.1'],
    ['192.168.1.1'],
    ['100.64.0.1'],
    ['169.254.1.1'],
    ['169.254.169.254'],
    ['100.100.100.200'],
    ['168.63.129.16'],
    ['0.0.0.0'],
    ['224.0.0.1'],
    ['::1'],
    ['::'],
    ['fe80::1'],
    ['fe80::1%eth0'],
    ['fd00:ec2::254'],
    ['fc00::1'],
    ['::ffff:127.0.0.1'],
    ['::ffff:a00:1'],
    ['0:0:0:0:0:ffff:7f00:1'],
    ['::127.0.0.1'],
    ['64:ff9b::7f00:1'],
    ['2002:7f00:1::'],
    ['2001:0:7f00:1::'],
  ])('refuses %s though every public address and the name are listed', (address) => {
    const hosts = SourceHosts.read('0.0.0.0/0, ::/0, db.example');
    expect(hosts.findProblem(address, 5432)?.code).toBe('ADDRESS_INTERNAL');
    expect(hosts.allows('db.example', 5432, address)).toBe(false);
  });

  it('opens a range of internal addresses where the operator names it, and no wider one', () => {
    expect(problemOf('10.20.0.0/16', '10.20.3.4')).toBeUndefined();
    expect(problemOf('10.20.0.0/16', '::ffff:10.20.3.4')).toBeUndefined();
    expect(problemOf('10.20.0.0/16', '10.21.0.1')).toBe('ADDRESS_INTERNAL');
    expect(problemOf('0.0.0.0/0', '10.20.3.4')).toBe('ADDRESS_INTERNAL');
    expect(problemOf('8.0.0.0/5', '10.20.3.4')).toBe('ADDRESS_INTERNAL');
    expect(problemOf('127.0.0.1', '127.0.0.1')).toBeUndefined();
    expect(problemOf('fd12::/16', 'fd12::1')).toBeUndefined();
    expect(problemOf('169.254.0.0/16', '169.254.7.7')).toBeUndefined();
  });

  it('opens the metadata service of a cloud only by its own address', () => {
    expect(problemOf('169.254.0.0/16', '169.254.169.254')).toBe('ADDRESS_INTERNAL');
    expect(problemOf('169.254.169.254', '169.254.169.254')).toBeUndefined();
  });

  it('never opens addresses that are no host', () => {
    expect(problemOf('0.0.0.0', '0.0.0.0')).toBe('ADDRESS_INTERNAL');
    expect(problemOf('64:ff9b::/96', '64:ff9b::7f00:1')).toBe('ADDRESS_INTERNAL');
  });

  it('keeps to a port that an entry names', () => {
    expect(problemOf('db.example:5432', 'DB.example.', 5432)).toBeUndefined();
    expect(problemOf('db.example:5432', 'db.example', 22)).toBe('HOST_NOT_LISTED');
    expect(problemOf('10.0.0.0/8:3306', '10.1.1.1', 3306)).toBeUndefined();
    expect(problemOf('10.0.0.0/8:3306', '10.1.1.1', 22)).toBe('ADDRESS_INTERNAL');
    expect(problemOf('[fd12::7]:5432', 'fd12::7', 22)).toBe('ADDRESS_INTERNAL');
    expect(problemOf('db.example', 'db.example', 22)).toBeUndefined();
  });

  it.each([
    '',
    ' ',
    'db example',
    'http://db.example',
    'user@db.example',
    'db.example/x',
    '127.1',
    '0x7f000001',
    'a..b',
  ])('takes %j for no host', (host) => expect(problemOf('db.example, 0.0.0.0/0', host)).toBe('HOST_MALFORMED'));

  it.each([
    '10.0.0.0/33',
    'db.example/8',
    '10.0.0.0/8/8',
    'db.example:0',
    'db.example:99999',
    'http://db.example',
    '*',
  ])('refuses the setting %j', (list) => expect(() => SourceHosts.read(list)).toThrow(/SOURCE_HOSTS/));

  it('cannot tell at registration where a name leads, so a range admits it until it is connected to', () => {
    expect(problemOf('10.0.0.0/8', 'db.education.local')).toBeUndefined();
    const hosts = SourceHosts.read('10.0.0.0/8');
    expect(hosts.allows('db.education.local', 5432, '10.1.1.1')).toBe(true);
    expect(hosts.allows('db.education.local', 5432, '8.8.8.8')).toBe(false);
  });
});

describe('a guarded socket', () => {
  const connectTo = (list: string, host: string, port: number, resolver?: typeof lookup) =>
    new Promise<string>((resolve) => {
      const socket = new GuardedSocket(SourceHosts.read(list), { host, port }, resolver);
      socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
      socket.once('connect', () => {
        socket.destroy();
        resolve('connected');
      });
      // What a driver says has no effect.
      (socket as Socket).connect(1, '127.0.0.2');
    });
  const server = createServer((socket) => socket.end());
  let port = 0;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => void server.close());

  it('connects to the registered address alone', async () => {
    expect(await connectTo('127.0.0.1', '127.0.0.1', port)).toBe('connected');
    expect(await connectTo('db.example, 127.0.0.1', 'db.example', port, resolvesTo('127.0.0.1'))).toBe('connected');
  });

  it('refuses an address that is not opened, as a literal and behind a name', async () => {
    expect(await connectTo('db.example', '127.0.0.1', port)).toBe('ADDRESS_REFUSED');
    expect(await connectTo('db.example', 'db.example', port, resolvesTo('127.0.0.1'))).toBe('ADDRESS_REFUSED');
    expect(await connectTo('db.example', 'db.example', port, resolvesTo('::ffff:127.0.0.1'))).toBe('ADDRESS_REFUSED');
  });

  it('asks DNS once, and connects to the address that was checked', async () => {
    let asked = 0;
    const rebinding: typeof lookup = ((host: string, options: object, done: never) => {
      asked++;
      return (resolvesTo(asked === 1 ? '127.0.0.1' : '127.0.0.2') as (...given: unknown[]) => void)(
        host,
        options,
        done,
      );
    }) as never;
    expect(await connectTo('127.0.0.1', 'db.example', port, rebinding)).toBe('connected');
    expect(asked).toBe(1);
    expect(await connectTo('127.0.0.1', 'db.example', port, rebinding)).toBe('ADDRESS_REFUSED');
  });
});

describe('a guarded HTTP client', () => {
  const seen: string[] = [];
  const server = createHttpServer((asked, answer) => {
    seen.push(asked.url ?? '');
    if (asked.url === '/away') answer.writeHead(302, { location: '/elsewhere' });
    answer.end('{}');
  });
  let origin = '';
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());

  it('reaches the registered origin, and follows no redirect', async () => {
    const dispatcher = guardedClient(SourceHosts.read('127.0.0.1'), origin, { timeoutMs: 5_000 });
    const { statusCode, body } = await request(`${origin}/away`, { dispatcher });
    await body.dump();
    expect(statusCode).toBe(302);
    expect(seen).toEqual(['/away']);
    await dispatcher.close();
  });

  it('refuses every other origin', async () => {
    const dispatcher = guardedClient(SourceHosts.read('127.0.0.1, 127.0.0.2'), origin, { timeoutMs: 5_000 });
    await expect(request(origin.replace('127.0.0.1', '127.0.0.2'), { dispatcher })).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
    await dispatcher.close();
  });

  it('refuses an origin whose address is not opened', async () => {
    const dispatcher = guardedClient(SourceHosts.read('localhost'), origin.replace('127.0.0.1', 'localhost'), {
      timeoutMs: 5_000,
    });
    await expect(request(origin.replace('127.0.0.1', 'localhost'), { dispatcher })).rejects.toMatchObject({
      code: 'ADDRESS_REFUSED',
    });
    await dispatcher.close();
  });
});
