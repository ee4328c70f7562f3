export { register } from './module.js';
export { holdsPost } from './officer/holds-post.js';
export { Department } from './department/department.entity.js';
export { isHigherLevel, LEVELS, type Level } from './department/level.rule.js';
export { Duty } from './duty/duty.entity.js';
export { Posts } from './officer/appointment.entity.js';
export { findVacancy } from './officer/find-vacancy.js';
export { Scenario } from './scenario/scenario.entity.js';
export {
  findDepartments,
  namesOfDepartments,
  type DepartmentFilter,
  type DepartmentRow,
} from './department/find-departments.js';
export { type DepartmentsByRole, readDepartmentsByRole } from './department/departments-by-role.js';
export { isActiveDepartment } from './department/is-active-department.js';
export { findDuties, findDuty, type DutyRow } from './duty/find-duties.js';
export { findOfficers, findPostHolders, type PostHolder } from './officer/find-officers.js';
export { findScenarios, type ScenarioRow } from './scenario/find-scenarios.js';
export { findSystemNames } from './system/find-systems.js';
