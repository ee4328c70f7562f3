import type { GovernanceSnapshot } from '../../../shared/read-model/read-model.js';
import type { SignedIn } from './open-id-sign-in.js';

/** The signed-in person as shown to the page: their own token and the scenarios of their department. */
export function sessionOf({ subject, accessToken, expiresAt }: SignedIn, register: GovernanceSnapshot) {
  const officer = register.officers.get(subject);
  const department = officer && register.departments.get(officer.department);
  return {
    accessToken,
    expiresAt,
    subject,
    person: officer?.name ?? subject,
    department: department?.name ?? 'not registered',
    scenarios: [...register.scenarios.values()]
      .filter((scenario) => scenario.department === department?.code)
      .map(({ code, name, purpose }) => ({ code, name, purpose })),
  };
}
