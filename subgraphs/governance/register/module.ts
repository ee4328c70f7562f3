import { type GovernanceModule, requirePermission } from '../core/index.js';
import { Department } from './department/department.entity.js';
import { DepartmentResolver } from './department/department.resolver.js';
import { RegisterResolver } from './department/register.resolver.js';
import { RegisterResult } from './department/register-result.js';
import { Duty } from './duty/duty.entity.js';
import { DutyResolver, DutyResult } from './duty/duty.resolver.js';
import { Appointment } from './officer/appointment.entity.js';
import { AppointmentResult } from './officer/appointment-result.js';
import { AppointmentResolver } from './officer/appointment.resolver.js';
import { Officer } from './officer/officer.entity.js';
import { OfficerResolver, OfficerResult } from './officer/officer.resolver.js';
import { Scenario } from './scenario/scenario.entity.js';
import { RegisteredSystem } from './system/registered-system.entity.js';

/** Departments, systems, officers and their posts, duties and scenarios. */
export const register: GovernanceModule = {
  name: 'register',
  resolvers: [DepartmentResolver, RegisterResolver, OfficerResolver, AppointmentResolver, DutyResolver],
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
  ],
  entities: [Department, RegisteredSystem, Officer, Scenario, Duty, Appointment],
  tables: ['department', 'registered_system', 'officer', 'scenario', 'duty', 'appointment'],
  permissions: {
    Query: {
      departments: requirePermission('register:read'),
      systems: requirePermission('register:read'),
      officers: requirePermission('officers:read'),
      scenarios: requirePermission('register:read'),
      duties: requirePermission('register:read'),
      appointments: requirePermission('register:read'),
    },
    Mutation: {
      registerDepartment: requirePermission('department:keep'),
      renameDepartment: requirePermission('department:keep'),
      suspendDepartment: requirePermission('department:suspend'),
      resumeDepartment: requirePermission('department:suspend'),
      registerSystem: requirePermission('system:keep'),
      suspendSystem: requirePermission('system:suspend'),
      resumeSystem: requirePermission('system:suspend'),
      registerOfficer: requirePermission('officer:keep'),
      verifyOfficer: requirePermission('officer:keep'),
      suspendOfficer: requirePermission('officer:keep'),
      resumeOfficer: requirePermission('officer:keep'),
      appoint: requirePermission('post:fill'),
      endAppointment: requirePermission('post:fill'),
      addDuty: requirePermission('duty:keep'),
      endDuty: requirePermission('duty:keep'),
    },
  },
};
