import type { Seed } from '../../../shared/subgraph/index.js';
import { DUTIES } from './duties.js';
import { GRANTS } from './grants.js';
import { APPOINTMENTS, PEOPLE } from './posts.js';
import { publishSample, sampleCatalogue } from './published.js';
import { insertPublishers } from './publishers.js';
import { DEPARTMENTS, SCENARIOS, SYSTEMS } from './register.js';
import {
  dutyId,
  insertAppointments,
  insertDepartments,
  insertDuties,
  insertOfficers,
  insertGrants,
  SINCE,
} from './rows.js';

/** The departments, systems and persons of the demo, and their grants. */
export const seed: Seed = {
  table: 'department',
  async fill(insert, { progress }) {
    await insertDepartments(insert, DEPARTMENTS, 0);
    await insert(
      'registered_system',
      { client_id: 'text', name: 'text', department: 'text', suspended: 'bool' },
      SYSTEMS.map(({ clientId, name, department, suspended }) => [clientId, name, department, suspended ?? false]),
    );
    await insertOfficers(insert, PEOPLE);
    await insertAppointments(insert, APPOINTMENTS, 0);
    await insertDuties(insert, DUTIES, 0);
    const duties = new Map(DUTIES.map(({ department }, at) => [department, dutyId(at)]));
    const names = new Map(DEPARTMENTS.map(({ code, name }) => [code, name]));
    const published = await publishSample(insert, SINCE, { resources: sampleCatalogue(), names, duties });
    await insert(
      'scenario',
      { department: 'text', code: 'text', name: 'text', purpose: 'text' },
      SCENARIOS.map(({ department, code, name, purpose }) => [department, code, name, purpose]),
    );
    await insertGrants(insert, GRANTS);
    await insertPublishers(insert, SINCE);
    progress(`governance: ${DEPARTMENTS.length} departments, ${GRANTS.length} grants, ${published} published items`);
  },
};
