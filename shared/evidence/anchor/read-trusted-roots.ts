import { readFile } from 'node:fs/promises';
import { HubError } from '../../kernel/index.js';

/** The certificates that are trusted to stand behind time-stamps, PEM; undefined where no file is named.
 *  @throws HubError CONFIG_INVALID when there are none in it */
export async function readTrustedRoots(path: string | undefined): Promise<readonly string[] | undefined> {
  if (path === undefined) return undefined;
  const pem = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new HubError(
      'CONFIG_INVALID',
      `EVIDENCE_TSA_CA: ${path} cannot be read: ${error.code}.`,
      {},
      { cause: error },
    );
  });
  if (pem.includes('-----BEGIN CERTIFICATE-----')) return [pem];
  throw new HubError('CONFIG_INVALID', `EVIDENCE_TSA_CA: ${path} holds no certificate in PEM.`);
}
