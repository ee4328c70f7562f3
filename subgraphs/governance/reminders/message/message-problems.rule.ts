import type { Text } from '../../../../shared/kernel/index.js';
import { say } from '../messages/index.js';

/** Reason for which a message channel is not stored. */
export interface ChannelProblem {
  readonly code: 'TARGET_MALFORMED' | 'HOST_NOT_LISTED' | 'ADDRESS_INTERNAL' | 'PUSH_OFF';
  readonly message: Text;
}

const LONGEST_MAIL = 200;
const LONGEST_URL = 1_000;

/** @param domains  domains that the operator admits, lower case; `*` for every one; empty where no mail is sent
 *  @source RFC 5321 section 4.1.2, without quoted names and without addresses in place of a domain */
export function findMailProblem(address: string, domains: readonly string[]): ChannelProblem | undefined {
  if (domains.length === 0) return { code: 'PUSH_OFF', message: say('mail.off') };
  const [, domain] = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)$/.exec(address) ?? [];
  if (domain === undefined || address.length > LONGEST_MAIL) return malformed(say('mail.malformed'));
  if (domains.includes('*') || domains.includes(domain.toLowerCase())) return undefined;
  return { code: 'HOST_NOT_LISTED', message: say('mail.domain', { domains: domains.join(', ') }) };
}

interface RobotTarget {
  readonly kind: 'DINGTALK' | 'WECOM' | 'ZHEZHENGDING';
  readonly address: string;
  readonly secret?: string | null | undefined;
}
type HostCheck = (url: URL) => 'HOST_MALFORMED' | 'HOST_NOT_LISTED' | 'ADDRESS_INTERNAL' | 'TLS_MISSING' | undefined;

/** @param findHostProblem  checks the host by the operator's list; absent where no robots are admitted */
export function findRobotProblem(
  { kind, address, secret }: RobotTarget,
  findHostProblem: HostCheck | undefined,
): ChannelProblem | undefined {
  if (!findHostProblem) return { code: 'PUSH_OFF', message: say('robot.off') };
  if (address.length > LONGEST_URL || !URL.canParse(address)) return malformed(say('robot.url', { most: LONGEST_URL }));
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol) || url.username || url.password || url.hash)
    return malformed(say('robot.bareUrl'));
  const token = kind === 'WECOM' ? 'key' : 'access_token';
  if (!url.searchParams.get(token)) return malformed(say('robot.token', { token }));
  if (kind === 'WECOM' ? secret : !/^[\x21-\x7e]{8,200}$/.test(secret ?? ''))
    return malformed(kind === 'WECOM' ? say('robot.noSecret') : say('robot.secret'));
  const problem = findHostProblem(url);
  if (problem === 'HOST_MALFORMED') return malformed(say('robot.url', { most: LONGEST_URL }));
  if (problem === 'TLS_MISSING') return malformed(say('robot.tls'));
  return problem && { code: problem, message: say(problem === 'ADDRESS_INTERNAL' ? 'robot.internal' : 'robot.host') };
}

const malformed = (message: Text): ChannelProblem => ({ code: 'TARGET_MALFORMED', message });
