import { registerEnumType } from 'type-graphql';
import type { Role } from '../../../../shared/kernel/index.js';

/** Roles by the names that GraphQL allows; registers and tokens write them in small letters with hyphens. */
export const Roles = {
  PROVIDER: 'provider',
  CONSUMER: 'consumer',
  AUTHORITY: 'authority',
  SECRECY_REVIEWER: 'secrecy-reviewer',
  OPERATOR: 'operator',
  AUDITOR: 'auditor',
  CITIZEN_SERVICE: 'citizen-service',
} as const satisfies Record<string, Role>;
registerEnumType(Roles, {
  name: 'Role',
  description: '角色',
  valuesConfig: {
    PROVIDER: { description: '提供部门' },
    CONSUMER: { description: '使用部门' },
    AUTHORITY: { description: '主管部门' },
    SECRECY_REVIEWER: { description: '保密审查部门' },
    OPERATOR: { description: '技术服务单位' },
    AUDITOR: { description: '审计部门' },
    CITIZEN_SERVICE: { description: '公民查询窗口' },
  },
});
