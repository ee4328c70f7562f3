import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { rounds } from '../support/rounds.js';
import { EvidenceWriter, GRAPH, useOfBoth, useOfPensions } from './support/evidence-writer.js';
import { startGovernance, type GovernanceUnderTest } from './support/governance-under-test.js';
import { startReceiver, usesIn, type Receiver } from './support/receiver.js';
import { waitUntil } from './support/wait-until.js';

/** Each of the four moments in turn. */
const KILLS = rounds(4, 12);

let governance: GovernanceUnderTest;
let receiver: Receiver;
let folder: string;
let worker: ChildProcess | undefined;
beforeAll(async () => {
  governance = await startGovernance();
  receiver = await startReceiver();
  folder = await mkdtemp(join(tmpdir(), 'sharehub-killed-'));
}, 60_000);
afterAll(async () => {
  worker?.kill('SIGKILL');
  await receiver.close();
  await governance.stop();
  await rm(folder, { recursive: true, force: true });
});

const launch = () =>
  (worker = fork(join('dist', 'cli', 'index.js'), ['worker'], {
    env: {
      ...process.env,
      DATA_DIR: join(folder, 'data'),
      NODE_OPTIONS: '',
      LOG_LEVEL: 'silent',
      GOVERNANCE_DATABASE_URL: governance.url,
      PUSH_HOSTS: receiver.origin,
      PUSH_FOLDER: join(folder, 'push'),
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  }));
async function kill(child: ChildProcess): Promise<void> {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}
const behind = async () =>
  (
    await governance.rows(
      `select count(*)::int as n from evidence.subscription, evidence.ledger where subscription.position < ledger.position`,
    )
  )[0]!['n'] as number;
const subscribe = async (department: string, input: object) => {
  const { data, errors } = await governance.as({ department, roles: ['provider'] })(
    'mutation ($input: SubscribeUsesInput!) { subscribeUses(input: $input) { refusal { code } } }',
    { variables: { input } },
  );
  expect([errors, data.subscribeUses.refusal]).toEqual([[], null]);
};

describe('a worker that is killed again and again', () => {
  it('has each use delivered once by cursor, and each file written once, though the receiver takes files away', async () => {
    const writer = new EvidenceWriter(governance.pool);
    await writer.write([GRAPH]);
    await once(launch(), 'message');
    await waitUntil(async () => (await governance.rows('select from evidence.push_offer')).length === 1);
    await subscribe('public-security', { kind: 'WEBHOOK', target: `${receiver.origin}/uses` });
    await subscribe('human-resources', { kind: 'FILE', target: 'uses' });
    await kill(worker!);

    const inbox = join(folder, 'push', 'human-resources', 'uses');
    const taken = join(folder, 'taken');
    await mkdir(inbox, { recursive: true });
    await mkdir(taken);
    let takings = 0;
    const take = async () => {
      for (const name of await readdir(inbox))
        if (name.endsWith('.ndjson')) await rename(join(inbox, name), join(taken, `${++takings}-${name}`));
    };
    const expected: { readonly both: string[]; readonly pensions: string[] } = { both: [], pensions: [] };
    for (let round = 0; round < KILLS; round++) {
      for (let i = 0; i < 20; i++) {
        const [both, pensions] = [`b${round}-${i}`, `p${round}-${i}`];
        expected.both.push(both);
        expected.pensions.push(pensions, both);
        await writer.write([useOfPensions(pensions), useOfBoth(both)]);
      }
      const child = launch();
      let killed: Promise<void> | undefined;
      const strike = () => (killed ??= kill(child));
      // Between sending and the answer; between the answer and its being noted; while a file is being written; when it
      // has just been.
      receiver.answer = async () => {
        if (round % 4 === 0) await strike();
        if (round % 4 === 1) setImmediate(strike);
        return 204;
      };
      const watcher = watch(inbox, (_event, name) => {
        if (round % 4 === 2 || (round % 4 === 3 && name?.endsWith('.ndjson'))) void strike();
      });
      await waitUntil(() => killed !== undefined);
      await killed;
      watcher.close();
      await take();
    }
    receiver.answer = 204;
    launch();
    await waitUntil(async () => (await behind()) === 0);
    await kill(worker!);
    await take();

    expect(receiver.requests()).toEqual(expected.both);
    const files = (await readdir(taken)).sort((a, b) => parseInt(a) - parseInt(b));
    const ranges = files.map((name) => name.slice(name.indexOf('-') + 1));
    expect(new Set(ranges).size).toBe(ranges.length);
    const texts = await Promise.all(files.map((name) => readFile(join(taken, name), 'utf8')));
    expect(texts.flatMap((text) => usesIn(text).map(({ requestId }) => requestId))).toEqual(expected.pensions);
    expect(receiver.received.length).toBeGreaterThan(new Set(receiver.received.map(({ id }) => id)).size);
  }, 180_000);
});
