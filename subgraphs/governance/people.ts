import { Duty } from './duty/duty.entity.js';
import { DutyResolver, DutyResult } from './duty/duty.resolver.js';
import { RegisterResolver } from './department/register.resolver.js';
import { may } from './may.js';
import { Appointment } from './officer/appointment.entity.js';
import { AppointmentResult } from './officer/appointment-result.js';
import { AppointmentResolver } from './officer/appointment.resolver.js';
import { OfficerResolver, OfficerResult } from './officer/officer.resolver.js';

/** Departments, systems, officers, posts and functions: what the subgraph serves of them beside the lists. */
export const people = {
  resolvers: [RegisterResolver, OfficerResolver, AppointmentResolver, DutyResolver],
  types: [Duty, DutyResult, Appointment, AppointmentResult, OfficerResult],
  entities: [Duty, Appointment],
  permissions: {
    Query: { duties: may('register:read'), appointments: may('register:read') },
    Mutation: {
      registerDepartment: may('department:keep'),
      renameDepartment: may('department:keep'),
      registerSystem: may('system:keep'),
      registerOfficer: may('officer:keep'),
      verifyOfficer: may('officer:keep'),
      suspendOfficer: may('officer:keep'),
      resumeOfficer: may('officer:keep'),
      appoint: may('post:fill'),
      endAppointment: may('post:fill'),
      addDuty: may('duty:keep'),
      endDuty: may('duty:keep'),
    },
  },
} as const;
