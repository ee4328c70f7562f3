import { createSecretKey, type KeyObject } from 'node:crypto';
import { HubError } from '../kernel/index.js';

/** Reads the key of a subgraph as `sharehub key` prints it.
 *  @param text  32 bytes, base64url
 *  @throws HubError CONFIG_INVALID for anything else; the text is not repeated */
export function readSubgraphKey(text: string | undefined): KeyObject {
  const bytes = Buffer.from(text?.trim() ?? '', 'base64url');
  if (bytes.length === 32 && bytes.toString('base64url') === text?.trim()) return createSecretKey(bytes);
  throw new HubError(
    'CONFIG_INVALID',
    `The subgraph's key is ${text ? 'not 32 bytes in base64url' : 'missing'}. The hub's operator prints it with \`sharehub key --subgraph <name>\`.`,
  );
}
