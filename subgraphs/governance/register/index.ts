export { register } from './module.js';
export { holdsPost } from './officer/holds-post.js';
export { Department } from './department/department.entity.js';
export { isHigherLevel, LEVELS, type Level } from './department/level.rule.js';
export { Duty } from './duty/duty.entity.js';
export { Posts } from './officer/appointment.entity.js';
export { vacancyOf } from './officer/vacancy.js';
export { Scenario } from './scenario/scenario.entity.js';
export { readDepartmentNames } from './department/read-department-names.js';
