import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { Command } from 'commander';
import { HubError } from '../../shared/kernel/index.js';
import { personToken, withPersonOption } from '../ask-as-person.js';
import { hubAddress } from '../uploading/hub-address.js';
import { readRunningSdl } from '../probe/read-running-sdl.js';
import { runVariant } from './variant-session.js';

export interface TryFlags {
  readonly endpoint?: string;
  readonly keyFile?: string;
  readonly name?: string;
  readonly url?: string;
}

/** Interval at which the subgraph is asked whether its schema has changed, ms. */
const LOOK_MS = 1_000;

export const withTryOptions = (command: Command): Command =>
  withPersonOption(command)
    .option('--endpoint <address>', 'address of the subgraph on this machine')
    .option(
      '--key-file <file>',
      'file with the key that the subgraph was started with: any one, not the one in production',
    )
    .option('--name <name>', "name by which your department's requests ask for it; the subgraph's where not given")
    .option('--url <address>', "the hub's address, where it is not the configured one");

/** `sharehub dev <subgraph>`: lets the hub answer the own department with the subgraph that runs on this machine, until the
 *  command ends. A schema that changes is taken up; one that may not be published is said to be so, and tried again when it
 *  changes. Exit code 1 where the hub ends it. */
export async function trySubgraph(subgraph: string, flags: TryFlags): Promise<void> {
  const { endpoint, keyFile, name = subgraph } = flags;
  if (endpoint === undefined || keyFile === undefined)
    throw new HubError('BAD_USER_INPUT', 'Name where the subgraph runs by --endpoint, and its key by --key-file.');
  const hub = hubAddress(flags.url);
  const key = (await readText(keyFile)).trim();
  const stopped = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stopped.abort());
  let tried: string | undefined;
  while (!stopped.signal.aborted) {
    const sdl = await readRunningSdl(subgraph, endpoint, keyFile).catch((error: unknown) => {
      if (tried === undefined) throw error;
      // It is being restarted.
      return undefined;
    });
    if (sdl === undefined || sdl === tried) {
      await wait(LOOK_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
      continue;
    }
    tried = sdl;
    const changed = new AbortController();
    void watchSchema(subgraph, endpoint, keyFile, sdl, changed, stopped.signal);
    const signal = AbortSignal.any([stopped.signal, changed.signal]);
    const session = { hub, token: personToken(), subgraph, name, endpoint, sdl, key };
    const reason = await runVariant(session, report, signal).catch((error: unknown) => {
      if (!(error instanceof HubError) || error.code !== 'VARIANT_REFUSED') throw error;
      process.stderr.write(`${error.code}: ${error.message}\n`);
      return undefined;
    });
    if (reason !== undefined) {
      process.stderr.write(`${reason}\n`);
      process.exitCode = 1;
      return stopped.abort();
    }
    // An opening soon after another one is refused.
    await wait(LOOK_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
  }
}

const report = ({ name, expiresAt }: { readonly name: string; readonly expiresAt: string }): void =>
  void process.stdout.write(
    `Your department's requests with the header \`share-variant: ${name}\` are answered with it until ${expiresAt}, or until this command ends.\n`,
  );

/** Aborts `changed` once the subgraph has another schema. */
async function watchSchema(
  subgraph: string,
  endpoint: string,
  keyFile: string,
  sdl: string,
  changed: AbortController,
  stopped: AbortSignal,
): Promise<void> {
  while (!stopped.aborted && !changed.signal.aborted) {
    await wait(LOOK_MS, undefined, { signal: stopped }).catch(() => undefined);
    const now = await readRunningSdl(subgraph, endpoint, keyFile).catch(() => sdl);
    if (now !== sdl) changed.abort();
  }
}

const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw new HubError('CONFIG_INVALID', `The key file ${file} cannot be read.`);
  });
