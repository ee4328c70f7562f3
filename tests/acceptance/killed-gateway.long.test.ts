import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { evidenceFolder } from '../../shared/evidence/log/evidence-folder.js';
import { evidenceKeysFile, readPublicKeys } from '../../shared/evidence/keys/evidence-keys.js';
import { verifyEvidence } from '../../shared/evidence/verify/verify-evidence.js';
import { rounds } from '../support/rounds.js';
import { startSystem, type System } from '../support/system.js';

const KILLS = rounds(2, 20);
const CALLERS = 8;

let hub: System;
beforeAll(async () => {
  hub = await startSystem();
  // The gateways of this test are processes of their own, as `npm start` has them.
  await hub.gateway.close();
}, 120_000);
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await hub.stop();
}, 60_000);

async function launch(): Promise<{ child: ChildProcess; url: string }> {
  const child = fork(
    join('dist', 'cli', 'index.js'),
    ['gateway', '--config', join(hub.folder, 'supergraph.yaml'), '--port', '0'],
    {
      env: {
        ...process.env,
        DATA_DIR: hub.folder,
        NODE_OPTIONS: '',
        LOG_LEVEL: 'silent',
        GOVERNANCE_DATABASE_URL: hub.config.GOVERNANCE_DATABASE_URL,
        OIDC_ISSUER: hub.config.OIDC_ISSUER,
      },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    },
  );
  children.push(child);
  const [message] = (await once(child, 'message')) as [{ ready: string }];
  return { child, url: message.ready };
}

describe('a gateway that is killed under load', () => {
  it('has stored the access record of every answer that a client received, and none twice', async () => {
    const token = await hub.token('housing-app');
    const answered: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      const { child, url } = await launch();
      const before = answered.length;
      const enough = 10 + ((kill * 7) % 40);
      let killed = false;
      const caller = async (number: number) => {
        for (let i = 0; !killed; i++) {
          const requestId = `kill-${kill}-${number}-${i}`;
          try {
            const response = await fetch(`${url}/graphql`, {
              method: 'POST',
              headers: {
                'content-type': 'application/json',
                authorization: `Bearer ${token}`,
                'share-scenario': 'public-rental-review',
                'x-request-id': requestId,
              },
              body: JSON.stringify({ query: '{ residents(first: 3) { nodes { name phone } } }' }),
            });
            const text = await response.text();
            if (response.status !== 200 || !text.includes('"phone":"1')) throw new Error(text);
            answered.push(requestId);
          } catch (error) {
            if (!killed) throw error;
          }
          if (!killed && answered.length - before >= enough) {
            killed = true;
            child.kill('SIGKILL');
          }
        }
      };
      const ended = once(child, 'exit');
      await Promise.all(Array.from({ length: CALLERS }, (_, number) => caller(number)));
      await ended;
    }
    // The last tail is mended by whoever opens the folder next.
    const { child } = await launch();
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;

    const stored = (await hub.records()).map(({ requestId }) => requestId).filter((id) => id.startsWith('kill-'));
    const known = new Set(stored);
    expect(answered.filter((id) => !known.has(id))).toEqual([]);
    expect(stored.length).toBe(known.size);
    expect(answered.length).toBeGreaterThan(KILLS * 10);

    const keys = await readPublicKeys(evidenceKeysFile(hub.folder));
    const verified = await verifyEvidence({ folder: evidenceFolder(hub.folder), keys });
    expect(verified).toMatchObject({ findings: [], unsigned: 0, unfinished: [], chains: 1 });
  }, 240_000);
});
