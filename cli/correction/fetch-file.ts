import { writeFile } from 'node:fs/promises';
import { HubError } from '../../shared/kernel/index.js';
import { personToken } from '../ask-as-person.js';
import { hubAddress } from '../uploading/hub-address.js';

/** Fetches an evidence file of a correction, readable by its owner alone.
 *  @throws HubError NOT_FOUND */
export async function fetchFile(
  id: string,
  { output, url }: { readonly output: string; readonly url?: string | undefined },
): Promise<void> {
  const response = await fetch(new URL(`/correction-files/${encodeURIComponent(id)}`, hubAddress(url)), {
    headers: { authorization: `Bearer ${personToken()}` },
  });
  if (!response.ok)
    throw new HubError(
      'NOT_FOUND',
      `The hub has no file ${id} for you, or has not looked at it yet (${response.status}).`,
    );
  await writeFile(output, Buffer.from(await response.arrayBuffer()), { mode: 0o600 });
  process.stdout.write(`${output}\n`);
}
