import { HubError, type Caller } from '../../shared/kernel/index.js';
import type { GovernanceSnapshot, SystemEntry } from '../../shared/read-model/read-model.js';
import type { PreparedOperation } from '../request/operation.js';
import { say } from '../request/messages/index.js';

/** A system that is set to trusted documents runs the operations whose hashes are registered for it, and nothing else. What
 *  they give is decided as ever.
 *  @throws HubError OPERATION_NOT_TRUSTED */
export function requireTrustedDocument(
  { textHash }: Pick<PreparedOperation, 'textHash'>,
  caller: Caller | undefined,
  snapshot: GovernanceSnapshot,
): void {
  const system = caller && snapshot.systems.get(caller.system);
  if (!system || mayRun(system, textHash)) return;
  throw new HubError('OPERATION_NOT_TRUSTED', say('caller.notTrusted', { system: system.clientId }), {
    system: system.clientId,
    document: textHash,
  });
}

const mayRun = ({ documentsOnly, documents }: SystemEntry, hash: string): boolean =>
  documentsOnly !== true || documents?.has(hash) === true;
