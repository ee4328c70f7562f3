import { type GovernanceModule, requirePermission } from '../core/index.js';
import { Department, DepartmentConnection } from './department/department.entity.js';
import { DepartmentResolver } from './department/department.resolver.js';
import { RegisterResult } from './department/register-result.type.js';
import { Duty, DutyConnection } from './duty/duty.entity.js';
import { DutyResult } from './duty/duty-result.type.js';
import { DutyResolver } from './duty/duty.resolver.js';
import { Appointment, AppointmentConnection } from './officer/appointment.entity.js';
import { AppointmentResult } from './officer/appointment.type.js';
import { AppointmentResolver } from './officer/appointment.resolver.js';
import { Officer, OfficerConnection } from './officer/officer.entity.js';
import { OfficerResolver } from './officer/officer.resolver.js';
import { OfficerResult } from './officer/officer.type.js';
import { PublisherResult } from './publisher/publisher-result.type.js';
import { PublisherResolver } from './publisher/publisher.resolver.js';
import { PublisherPermitConnection, SubgraphPublisher } from './publisher/subgraph-publisher.entity.js';
import { Reform, ReformConnection, ReformResult } from './reform/reform.entity.js';
import { ReformResolver } from './reform/reform.resolver.js';
import { handOverRegister } from './succession/hand-over.js';
import { SavedQueryResolver } from './saved-query/saved-query.resolver.js';
import { SavedQuery, SavedQueryConnection, SavedQueryResult } from './saved-query/saved-query.type.js';
import { Scenario, ScenarioConnection } from './scenario/scenario.entity.js';
import { ScenarioResult } from './scenario/scenario-result.type.js';
import { ScenarioResolver } from './scenario/scenario.resolver.js';
import { RegisteredSystem, RegisteredSystemConnection } from './system/registered-system.entity.js';
import { SystemResolver } from './system/system.resolver.js';

/** Departments, systems, officers and their posts, duties and scenarios, the permits of publishers, and the
 *  queries that persons keep. */
export const register: GovernanceModule = {
  name: 'register',
  resolvers: [
    DepartmentResolver,
    SystemResolver,
    OfficerResolver,
    AppointmentResolver,
    DutyResolver,
    ScenarioResolver,
    PublisherResolver,
    SavedQueryResolver,
    ReformResolver,
  ],
  types: [
    Department,
    RegisteredSystem,
    Officer,
    Scenario,
    RegisterResult,
    Duty,
    DutyResult,
    Appointment,
    AppointmentResult,
    OfficerResult,
    DepartmentConnection,
    RegisteredSystemConnection,
    OfficerConnection,
    AppointmentConnection,
    DutyConnection,
    ScenarioConnection,
    ScenarioResult,
    SubgraphPublisher,
    PublisherPermitConnection,
    PublisherResult,
    SavedQuery,
    SavedQueryConnection,
    SavedQueryResult,
    Reform,
    ReformConnection,
    ReformResult,
  ],
  entities: [Department, RegisteredSystem, Officer, Scenario, Duty, Appointment, SubgraphPublisher, Reform],
  tables: [
    'department',
    'registered_system',
    'officer',
    'scenario',
    'duty',
    'appointment',
    'subgraph_publisher',
    'saved_query',
    'department_succession',
    'reform',
  ],
  handOver: handOverRegister,
  permissions: {
    Query: {
      departments: requirePermission('register:read'),
      systems: requirePermission('register:read'),
      officers: requirePermission('officers:read'),
      scenarios: requirePermission('register:read'),
      duties: requirePermission('register:read'),
      appointments: requirePermission('register:read'),
      publisherPermits: requirePermission('register:read'),
      savedQueries: requirePermission('saved-query:keep'),
      reforms: requirePermission('reform:read'),
      reform: requirePermission('reform:read'),
    },
    Mutation: {
      registerDepartment: requirePermission('department:keep'),
      renameDepartment: requirePermission('department:keep'),
      changeDepartment: requirePermission('department:keep'),
      suspendDepartment: requirePermission('department:suspend'),
      resumeDepartment: requirePermission('department:resume'),
      registerSystem: requirePermission('system:keep'),
      changeSystemDocuments: requirePermission('system:keep'),
      changeSystemSignIn: requirePermission('system:keep'),
      moveSystem: requirePermission('system:keep'),
      suspendSystem: requirePermission('system:suspend'),
      resumeSystem: requirePermission('system:resume'),
      registerOfficer: requirePermission('officer:keep'),
      verifyOfficer: requirePermission('officer:keep'),
      suspendOfficer: requirePermission('officer:keep'),
      resumeOfficer: requirePermission('officer:keep'),
      appoint: requirePermission('post:fill'),
      endAppointment: requirePermission('post:fill'),
      addDuty: requirePermission('duty:keep'),
      endDuty: requirePermission('duty:keep'),
      registerScenario: requirePermission('scenario:keep'),
      changeScenario: requirePermission('scenario:keep'),
      endScenario: requirePermission('scenario:keep'),
      permitPublisher: requirePermission('publisher:permit'),
      withdrawPermit: requirePermission('publisher:permit'),
      draftReform: requirePermission('reform:keep'),
      checkReform: requirePermission('reform:keep'),
      confirmReform: requirePermission('reform:keep'),
      cancelReform: requirePermission('reform:keep'),
      saveQuery: requirePermission('saved-query:keep'),
      deleteSavedQuery: requirePermission('saved-query:keep'),
    },
  },
};
