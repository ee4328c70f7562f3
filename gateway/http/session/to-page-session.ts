import type { GovernanceSnapshot } from '../../../shared/read-model/read-model.js';

/** The signed-in person as shown to the hub's own pages: what they are in the register, and the scenarios of their
 *  department.
 *  @param subject   as the OpenID provider names the person
 *  @param timeZone  of the jurisdiction, whose days its pages show */
export function toPageSession(subject: string, register: GovernanceSnapshot, timeZone: string) {
  const officer = register.officers.get(subject);
  const department = officer && register.departments.get(officer.department);
  return {
    timeZone,
    subject,
    person: officer?.name ?? subject,
    department: department && { code: department.code, name: department.name },
    roles: officer?.roles ?? [],
    scenarios: [...register.scenarios.values()]
      .filter((scenario) => scenario.department === department?.code)
      .map(({ code, name, purpose }) => ({ code, name, purpose })),
  };
}
