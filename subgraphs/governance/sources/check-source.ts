import { wordHostProblem } from './messages/faults.js';
import type { Text } from '../../../shared/kernel/index.js';
import { X509Certificate } from 'node:crypto';
import type { SourceHosts } from '../../../shared/network/source-hosts.js';
import { isDatabaseKind, placeOf } from '../../../shared/sources/registered-source.js';
import { findTextProblem, type RefusalCode } from '../core/index.js';
import type { SourceInput } from './source-input.type.js';
import { say } from './messages/index.js';

export interface SourceProblem {
  readonly code: RefusalCode;
  readonly message: Text;
}

const NAME = /^[a-z][a-z0-9-]{1,62}$/;
const LONGEST_ADDRESS = 500;
const LONGEST_PASSWORD = 4_000;
const LONGEST_CERTIFICATE = 100_000;

/** Checks a source by itself, and its address by the operator's list. Nothing is connected to: the process that reads it
 *  does that.
 *  @returns undefined where it can be stored */
export function checkSource(source: SourceInput, note: string, hosts: SourceHosts): SourceProblem | undefined {
  const { name, kind, address, password, tls, caCertificate } = source;
  if (!NAME.test(name)) return malformed(say('source.name'));
  const noteProblem = findTextProblem('note', note, { max: 300 });
  if (noteProblem) return malformed(noteProblem);
  const place = address.length > LONGEST_ADDRESS ? undefined : placeOf(kind, address);
  if (!place) return malformed(isDatabaseKind(kind) ? say('source.database') : say('source.url'));
  const hostProblem = hosts.findProblem(place.host, place.port);
  if (hostProblem?.code === 'HOST_MALFORMED') return malformed(wordHostProblem(hostProblem));
  if (hostProblem) return { code: hostProblem.code, message: wordHostProblem(hostProblem) };
  if (password != null && (password === '' || password.length > LONGEST_PASSWORD || /\p{Cc}/u.test(password)))
    return malformed(say('source.password', { most: LONGEST_PASSWORD }));
  return (
    (isDatabaseKind(kind) ? checkDatabase(source) : checkService(source)) ??
    checkTokens(source, hosts) ??
    (caCertificate == null || (tls === 'VERIFIED' && isCertificate(caCertificate))
      ? undefined
      : malformed(say('source.certificate')))
  );
}

function checkDatabase({ database, user, password }: SourceInput): SourceProblem | undefined {
  const problem =
    findTextProblem('database', database ?? '', { max: 128 }) ?? findTextProblem('user', user ?? '', { max: 128 });
  if (problem) return malformed(problem);
  return password == null ? malformed(say('source.noPassword')) : undefined;
}

function checkService({ address, database, user, tls }: SourceInput): SourceProblem | undefined {
  if (database != null) return malformed(say('source.databaseOnly'));
  const problem = findTextProblem('user', user ?? '', { max: 128, optional: true });
  if (problem) return malformed(problem);
  return (new URL(address).protocol === 'https:') === (tls === 'VERIFIED') ? undefined : malformed(say('source.tls'));
}

/** The client's secret goes to this address, so the operator admits it as any other. */
function checkTokens(
  { kind, user, password, tls, tokenAddress, tokenScope }: SourceInput,
  hosts: SourceHosts,
): SourceProblem | undefined {
  if (tokenAddress == null) return tokenScope == null ? undefined : malformed(say('token.scopeOnly'));
  if (isDatabaseKind(kind)) return malformed(say('token.services'));
  const place = tokenAddress.length > LONGEST_ADDRESS ? undefined : placeOf(kind, tokenAddress);
  if (!place) return malformed(say('token.address'));
  if ((new URL(tokenAddress).protocol === 'https:') !== (tls === 'VERIFIED')) return malformed(say('token.protected'));
  if (user == null || user === '' || password == null) return malformed(say('token.client'));
  if (tokenScope != null && !/^[\x21\x23-\x5b\x5d-\x7e]+( [\x21\x23-\x5b\x5d-\x7e]+)*$/.test(tokenScope.slice(0, 501)))
    return malformed(say('token.scope'));
  if ((tokenScope?.length ?? 0) > 500) return malformed(say('token.scopeLong'));
  const hostProblem = hosts.findProblem(place.host, place.port);
  return (
    hostProblem && {
      code: hostProblem.code === 'HOST_MALFORMED' ? 'SOURCE_MALFORMED' : hostProblem.code,
      message: wordHostProblem(hostProblem),
    }
  );
}

function isCertificate(text: string): boolean {
  if (text.length > LONGEST_CERTIFICATE) return false;
  try {
    return new X509Certificate(text).ca;
  } catch {
    return false;
  }
}

const malformed = (message: Text): SourceProblem => ({ code: 'SOURCE_MALFORMED', message });
