import { HubError, type Caller, type Sentence } from '../../shared/kernel/index.js';
import type { DepartmentEntry, GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import type { TokenSubject } from './token-verifier.js';
import { say } from '../request/messages/index.js';

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
  if (!officer) throw toUnknownCaller(say('caller.personUnknown', { person: token.subject }), token);
  if (officer.suspended) throw toSuspendedCaller(say('caller.personSuspended', { person: officer.subject }));
  const { code } = requireActiveDepartment(officer.department, register);
  if (!ownClients.has(token.client) && requireActiveSystem(token, register).department !== code) {
    throw toUnknownCaller(say('caller.otherSystem', { person: officer.subject }), token);
  }
  return { department: code, system: token.client, person: officer.subject, roles: officer.roles };
}

type TokenNames = Pick<TokenSubject, 'client' | 'subject'>;

function requireActiveSystem(token: TokenNames, register: GovernanceSnapshot) {
  const system = register.systems.get(token.client);
  if (!system) throw toUnknownCaller(say('caller.systemUnknown', { system: token.client }), token);
  if (system.suspended) throw toSuspendedCaller(say('caller.systemSuspended', { system: token.client }));
  return system;
}

function requireActiveDepartment(code: string, register: GovernanceSnapshot): DepartmentEntry {
  const department = register.departments.get(code);
  if (!department)
    throw new HubError('CALLER_UNKNOWN', say('caller.departmentUnknown', { department: code }), { department: code });
  if (department.suspended) throw toSuspendedCaller(say('caller.departmentSuspended', { department: code }));
  return department;
}

/** Requires that the register still says of a caller what it said when the request began. Only what it knew then is looked
 *  at, so that callers of the hub's own pages need no system. Whom a reform has taken to another department goes on as one of
 *  that department, and is given what is right there.
 *  @returns  the caller's department now
 *  @throws HubError CALLER_UNKNOWN, CALLER_SUSPENDED */
export function requireSameCaller(caller: Caller, before: GovernanceSnapshot, now: GovernanceSnapshot): string {
  const token = { client: caller.system, subject: caller.person ?? caller.system };
  const department = findDepartmentNow(caller, before, now);
  if (before.departments.has(caller.department)) requireActiveDepartment(department, now);
  const known = before.systems.get(caller.system);
  if (known) {
    const system = requireActiveSystem(token, now);
    const isSame = system.department === known.department || hasMoved('SYSTEM', caller.system, known, system, now);
    if (!isSame) throw toUnknownCaller(say('caller.systemMoved', { system: caller.system }), token);
  }
  if (caller.person === undefined || !before.officers.has(caller.person)) return department;
  const officer = now.officers.get(caller.person);
  if (officer?.department !== department)
    throw toUnknownCaller(say('caller.personMoved', { person: caller.person, department: caller.department }), token);
  if (officer.suspended) throw toSuspendedCaller(say('caller.personSuspended', { person: officer.subject }));
  return department;
}

/** The department to which a reform has taken a caller since their request began; their own where none has. */
function findDepartmentNow(
  { department, person, system }: Caller,
  before: GovernanceSnapshot,
  now: GovernanceSnapshot,
): string {
  if (before.successions === now.successions) return department;
  const [kind, id, entry] =
    person === undefined
      ? (['SYSTEM', system, now.systems.get(system)] as const)
      : (['PERSON', person, now.officers.get(person)] as const);
  return entry && hasMoved(kind, id, { department }, entry, now) ? entry.department : department;
}

const hasMoved = (
  kind: 'SYSTEM' | 'PERSON',
  id: string,
  { department: from }: { readonly department: string },
  { department: to }: { readonly department: string },
  { successions = [] }: GovernanceSnapshot,
): boolean => successions.some((each) => each.kind === kind && each.id === id && each.from === from && each.to === to);

const toUnknownCaller = (message: Sentence, { client, subject }: TokenNames) =>
  new HubError('CALLER_UNKNOWN', message, { system: client, subject });

const toSuspendedCaller = (message: Sentence) => new HubError('CALLER_SUSPENDED', message);
