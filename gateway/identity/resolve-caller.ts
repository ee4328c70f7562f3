import { HubError, type Caller } from '../../shared/kernel/index.js';
import type { DepartmentEntry, GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import type { TokenSubject } from './token-verifier.js';

/** Resolves a verified token to its caller by the hub's own register; other claims of the token are ignored. A person must
 *  come through a system of their own department or through one of `ownClients`, the hub's own pages. Scopes of the token
 *  limit the roles that the register gives, and add none.
 *  @throws HubError CALLER_UNKNOWN, CALLER_SUSPENDED
 *  @source share-rules section 2 (caller suspended), section 3 (1) */
export function resolveCaller(
  token: TokenSubject,
  register: GovernanceSnapshot,
  ownClients: ReadonlySet<string>,
): Caller {
  const caller = token.system ? resolveSystem(token, register) : resolvePerson(token, register, ownClients);
  const { roles: limit } = token;
  return Object.freeze(limit ? { ...caller, roles: caller.roles.filter((role) => limit.has(role)) } : caller);
}

function resolveSystem(token: TokenSubject, register: GovernanceSnapshot): Caller {
  const { code, roles } = requireActiveDepartment(requireActiveSystem(token, register).department, register);
  return { department: code, system: token.client, roles };
}

function resolvePerson(token: TokenSubject, register: GovernanceSnapshot, ownClients: ReadonlySet<string>): Caller {
  const officer = register.officers.get(token.subject);
  if (!officer) throw toUnknownCaller(`The person ${token.subject} is not registered.`, token);
  if (officer.suspended) throw toSuspendedCaller(`The officer ${officer.subject} is suspended.`);
  const { code } = requireActiveDepartment(officer.department, register);
  if (!ownClients.has(token.client) && requireActiveSystem(token, register).department !== code) {
    throw toUnknownCaller(`The officer ${officer.subject} cannot call through a system of another department.`, token);
  }
  return { department: code, system: token.client, person: officer.subject, roles: officer.roles };
}

type TokenNames = Pick<TokenSubject, 'client' | 'subject'>;

function requireActiveSystem(token: TokenNames, register: GovernanceSnapshot) {
  const system = register.systems.get(token.client);
  if (!system) throw toUnknownCaller(`The system ${token.client} is not registered.`, token);
  if (system.suspended) throw toSuspendedCaller(`The system ${token.client} is suspended.`);
  return system;
}

function requireActiveDepartment(code: string, register: GovernanceSnapshot): DepartmentEntry {
  const department = register.departments.get(code);
  if (!department)
    throw new HubError('CALLER_UNKNOWN', `The department ${code} is not registered.`, { department: code });
  if (department.suspended) throw toSuspendedCaller(`The department ${code} is suspended.`);
  return department;
}

/** Requires that the register still says of a caller what it said when the request began. Only what it knew then is looked
 *  at, so that callers of the hub's own pages need no system.
 *  @throws HubError CALLER_UNKNOWN, CALLER_SUSPENDED */
export function requireSameCaller(caller: Caller, before: GovernanceSnapshot, now: GovernanceSnapshot): void {
  const token = { client: caller.system, subject: caller.person ?? caller.system };
  if (before.departments.has(caller.department)) requireActiveDepartment(caller.department, now);
  if (before.systems.has(caller.system)) {
    const { department } = requireActiveSystem(token, now);
    if (department !== before.systems.get(caller.system)!.department)
      throw toUnknownCaller(`The system ${caller.system} belongs to another department now.`, token);
  }
  if (caller.person === undefined || !before.officers.has(caller.person)) return;
  const officer = now.officers.get(caller.person);
  if (officer?.department !== caller.department)
    throw toUnknownCaller(`The person ${caller.person} is no longer of the department ${caller.department}.`, token);
  if (officer.suspended) throw toSuspendedCaller(`The officer ${officer.subject} is suspended.`);
}

const toUnknownCaller = (message: string, { client, subject }: TokenNames) =>
  new HubError('CALLER_UNKNOWN', `${message} Ask the data authority to register it.`, { system: client, subject });

const toSuspendedCaller = (message: string) => new HubError('CALLER_SUSPENDED', `${message} Ask the data authority.`);
