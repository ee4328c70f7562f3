import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { knownHubSecret, openHubSecret } from '../../shared/trust/hub-secret.js';

let folder: string;
const file = () => join(folder, 'trust', 'hub-secret.json');
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sharehub-secret-'));
  await mkdir(join(folder, 'trust'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("the hub's secret", () => {
  it.each(['{}', '{"secret":""}', '{"secret":"short"}', '[]', 'null', '{"secret":'])(
    'is not replaced where its file holds %s: every subgraph elsewhere would be shut out',
    async (text) => {
      await writeFile(file(), text);
      await expect(openHubSecret(folder, undefined)).rejects.toMatchObject({
        code: 'CONFIG_INVALID',
        message: expect.stringContaining(file()),
      });
      expect(await readFile(file(), 'utf8')).toBe(text);
    },
  );

  it('is made once, and the same afterwards', async () => {
    expect(await knownHubSecret(folder, undefined)).toBeUndefined();
    const secret = await openHubSecret(folder, undefined);
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(await openHubSecret(folder, undefined)).toBe(secret);
  });
});
