import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { HubError } from '../../shared/kernel/index.js';

/** Size and hash of a file.
 *  @throws HubError BAD_USER_INPUT when it cannot be read */
export async function measureFile(file: string): Promise<{ size: number; sha256: string }> {
  try {
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
    return { size: (await stat(file)).size, sha256: hash.digest('hex') };
  } catch (cause) {
    throw new HubError(
      'BAD_USER_INPUT',
      `${file} cannot be read (${(cause as NodeJS.ErrnoException).code}).`,
      {},
      { cause },
    );
  }
}
