import { HubError, type Caller } from '../../shared/kernel/index.js';
import type { DepartmentEntry, GovernanceSnapshot } from '../../shared/read-model/read-model.js';
import type { TokenSubject } from './token-verifier.js';

/** Who a verified token stands for, by the hub's own register; what else the token claims is not looked at. A person
 *  comes through a system of the own department or through one of `ownClients`, the hub's own pages.
 *  @throws HubError CALLER_UNKNOWN, CALLER_SUSPENDED
 *  @source share-rules section 2 (caller suspended), section 3 (1) */
export function callerOf(token: TokenSubject, register: GovernanceSnapshot, ownClients: ReadonlySet<string>): Caller {
  return Object.freeze(token.system ? systemCaller(token, register) : personCaller(token, register, ownClients));
}

function systemCaller(token: TokenSubject, register: GovernanceSnapshot): Caller {
  const { code, roles } = activeDepartment(activeSystem(token, register).department, register);
  return { department: code, system: token.client, roles };
}

function personCaller(token: TokenSubject, register: GovernanceSnapshot, ownClients: ReadonlySet<string>): Caller {
  const officer = register.officers.get(token.subject);
  if (!officer) throw unknown(`The person ${token.subject} is not registered.`, token);
  if (officer.suspended) throw suspended(`The officer ${officer.subject} is suspended.`);
  const { code } = activeDepartment(officer.department, register);
  if (!ownClients.has(token.client) && activeSystem(token, register).department !== code) {
    throw unknown(`The officer ${officer.subject} cannot call through a system of another department.`, token);
  }
  return { department: code, system: token.client, person: officer.subject, roles: officer.roles };
}

function activeSystem(token: TokenSubject, register: GovernanceSnapshot) {
  const system = register.systems.get(token.client);
  if (!system) throw unknown(`The system ${token.client} is not registered.`, token);
  if (system.suspended) throw suspended(`The system ${token.client} is suspended.`);
  return system;
}

function activeDepartment(code: string, register: GovernanceSnapshot): DepartmentEntry {
  const department = register.departments.get(code);
  if (!department)
    throw new HubError('CALLER_UNKNOWN', `The department ${code} is not registered.`, { department: code });
  if (department.suspended) throw suspended(`The department ${code} is suspended.`);
  return department;
}

const unknown = (message: string, { client, subject }: TokenSubject) =>
  new HubError('CALLER_UNKNOWN', `${message} Ask the data authority to register it.`, { system: client, subject });

const suspended = (message: string) => new HubError('CALLER_SUSPENDED', `${message} Ask the data authority.`);
