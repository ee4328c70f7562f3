import type { SubjectHash } from '../../../shared/evidence/keys/index.js';
import { normaliseIdentityNumber } from '../../../shared/kernel/identity-number.js';
import { HubError } from '../../../shared/kernel/index.js';
import type { GovernanceOwn } from '../core/index.js';
import { say } from './messages/index.js';

/** Every hash under which a record may name a person.
 *  @param identifier  citizen identity number
 *  @throws HubError BAD_USER_INPUT when it is none, NOT_READY when this subgraph was given no keys */
export function hashPerson({ hashesOf }: GovernanceOwn, identifier: string): readonly SubjectHash[] {
  const number = normaliseIdentityNumber(identifier);
  if (number === undefined) throw new HubError('BAD_USER_INPUT', say('person.number'));
  if (!hashesOf) throw new HubError('NOT_READY', say('person.noKeys'));
  return hashesOf(`PERSON:${number}`);
}
