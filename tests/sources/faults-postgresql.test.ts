import { createServer, type AddressInfo, type Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { toSourceFault } from '../../shared/sources/source-fault.js';
import { SourceConnection } from '../../shared/sources/source-connection.js';
import { describeSourceFaults } from './support/source-faults.js';
import { createPostgreSql, HOSTS } from './support/source-database.js';

describeSourceFaults(createPostgreSql);

describe('a relative of PostgreSQL that asks to be signed in to in a way of its own', () => {
  /** Answers the first message with a request to sign in. */
  const asks = async (code: number, more: Buffer): Promise<string> => {
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket.on('error', () => undefined));
      socket.once('data', () => {
        const request = Buffer.alloc(9);
        request.write('R');
        request.writeInt32BE(8 + more.length, 1);
        request.writeInt32BE(code, 5);
        socket.write(Buffer.concat([request, more]));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const connection = new SourceConnection(
      {
        id: 'S-1',
        department: 'education',
        name: 'gauss',
        kind: 'POSTGRESQL',
        address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
        tls: 'NONE',
      },
      'x',
      { hosts: HOSTS, timeZone: 'Asia/Shanghai', connectMs: 2_000 },
    );
    const fault = await connection.look('select 1').catch((error: unknown) => toSourceFault(error));
    await connection.end();
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
    return (fault as { code: string }).code;
  };

  it.each([
    // openGauss: stored method, random hex, token, iterations.
    [
      'sha256',
      10,
      Buffer.concat([Buffer.from([0, 0, 0, 2]), Buffer.from('ab'.repeat(36)), Buffer.from([0, 0, 39, 16])]),
    ],
    ['md5 and sha256', 11, Buffer.from('ab'.repeat(34))],
    ['SM3', 13, Buffer.from('ab'.repeat(34))],
  ])('is named: %s', async (_what, code, more) => {
    expect(await asks(code, more)).toBe('AUTHENTICATION_UNSUPPORTED');
  });
});
