import { departmentCode, SCENARIO, systemCode } from './callers.js';

/** Conditional items that the measured operations read. */
const CONDITIONAL = [
  ['Resident.phone', 'Resident.address'],
  ['Resident.certificates'],
  ['Resident.enterprises', 'Enterprise.registeredCapital'],
];
const YEAR = 31_536_000_000;

/** What governance would tell the gateway: every calling department with a system, a scenario, and a grant of its own
 *  for each provider it asks, so that every item of the measured operations is given and every caller's decision is its
 *  own. Further grants, up to `grants` in all, go round the departments under other scenarios and the measured one.
 *  @returns a GovernanceSnapshot as `shared/read-model` declares it */
export function snapshotOf({ callers, grants: total = 0 }, now = Date.now()) {
  const departments = new Map();
  const systems = new Map();
  const scenarios = new Map();
  const grants = new Map();
  let made = 0;
  const give = (department, scenario, coordinates) => {
    const key = `${department}|${scenario}`;
    if (!scenarios.has(key)) {
      scenarios.set(key, { code: scenario, department, name: `Scenario ${scenario}`, purpose: 'a measured purpose' });
      grants.set(key, []);
    }
    grants.get(key).push({
      id: `G-${++made}`,
      department,
      scenario,
      mode: 'QUERY',
      coordinates,
      from: now - YEAR,
      until: now + YEAR,
      suspended: false,
      approver: 'D-POPULATION/officer',
      basis: ['a measured basis'],
    });
  };
  for (let index = 0; index < callers; index++) {
    const code = departmentCode(index);
    departments.set(code, { code, name: `Department ${code}`, suspended: false, roles: ['consumer'] });
    const clientId = systemCode(index);
    systems.set(clientId, { clientId, name: `System of ${code}`, department: code, suspended: false });
    for (const coordinates of CONDITIONAL) give(code, SCENARIO, coordinates);
  }
  for (let index = 0; made < total; index++) {
    const scenario = index % 3 === 0 ? SCENARIO : `other-${index % 20}`;
    give(departmentCode(index % callers), scenario, CONDITIONAL[index % CONDITIONAL.length]);
  }
  return { version: 1, departments, systems, officers: new Map(), scenarios, grants };
}
