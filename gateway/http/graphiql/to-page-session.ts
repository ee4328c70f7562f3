import type { GovernanceSnapshot } from '../../../shared/read-model/read-model.js';
import type { SignedIn } from './open-id-sign-in.js';

/** What the page is told about who is signed in: the own token, and the scenarios of the own department. */
export function sessionOf({ subject, accessToken, expiresAt }: SignedIn, register: GovernanceSnapshot) {
  const officer = register.officers.get(subject);
  const department = officer && register.departments.get(officer.department);
  return {
    accessToken,
    expiresAt,
    person: officer?.name ?? subject,
    department: department?.name ?? 'not registered',
    scenarios: [...register.scenarios.values()]
      .filter((scenario) => scenario.department === department?.code)
      .map(({ code, name, purpose }) => ({ code, name, purpose })),
  };
}
