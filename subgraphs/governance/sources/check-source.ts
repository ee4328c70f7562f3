import { X509Certificate } from 'node:crypto';
import type { SourceHosts } from '../../../shared/network/source-hosts.js';
import { isDatabaseKind, placeOf } from '../../../shared/sources/registered-source.js';
import { findTextProblem, type RefusalCode } from '../core/index.js';
import type { SourceInput } from './source-input.type.js';

export interface SourceProblem {
  readonly code: RefusalCode;
  readonly message: string;
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
  if (!NAME.test(name))
    return malformed('`name` is 2 to 63 small letters, digits and hyphens, beginning with a letter.');
  const noteProblem = findTextProblem('note', note, { max: 300 });
  if (noteProblem) return malformed(noteProblem);
  const place = address.length > LONGEST_ADDRESS ? undefined : placeOf(kind, address);
  if (!place)
    return malformed(
      isDatabaseKind(kind)
        ? '`address` is host:port of the database, without protocol, user or path.'
        : '`address` is an https or http address without user, password, query or fragment.',
    );
  const hostProblem = hosts.findProblem(place.host, place.port);
  if (hostProblem?.code === 'HOST_MALFORMED') return malformed(hostProblem.message);
  if (hostProblem) return { code: hostProblem.code, message: hostProblem.message };
  if (password != null && (password === '' || password.length > LONGEST_PASSWORD || /\p{Cc}/u.test(password)))
    return malformed(`\`password\` is 1 to ${LONGEST_PASSWORD} characters, none of them a control character.`);
  return (
    (isDatabaseKind(kind) ? checkDatabase(source) : checkService(source)) ??
    (caCertificate == null || (tls === 'VERIFIED' && isCertificate(caCertificate))
      ? undefined
      : malformed('`caCertificate` is a certificate in PEM, for TLS that is verified.'))
  );
}

function checkDatabase({ database, user, password }: SourceInput): SourceProblem | undefined {
  const problem =
    findTextProblem('database', database ?? '', { max: 128 }) ?? findTextProblem('user', user ?? '', { max: 128 });
  if (problem) return malformed(problem);
  return password == null ? malformed('`password` of the account is missing.') : undefined;
}

function checkService({ address, database, user, tls }: SourceInput): SourceProblem | undefined {
  if (database != null) return malformed('`database` is of databases.');
  const problem = findTextProblem('user', user ?? '', { max: 128, optional: true });
  if (problem) return malformed(problem);
  return (new URL(address).protocol === 'https:') === (tls === 'VERIFIED')
    ? undefined
    : malformed('`tls` is VERIFIED for an https address, and NONE for http.');
}

function isCertificate(text: string): boolean {
  if (text.length > LONGEST_CERTIFICATE) return false;
  try {
    return new X509Certificate(text).ca;
  } catch {
    return false;
  }
}

const malformed = (message: string): SourceProblem => ({ code: 'SOURCE_MALFORMED', message });
