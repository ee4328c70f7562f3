/** Posts that a department fills by name. @source QZ-9.2b, HZ-9.1b, HZ-9.2b, CZ-22b */
export const POSTS = [
  'HEAD', // 主要负责人
  'LEADER_IN_CHARGE', // 分管领导
  'DATA_ADMINISTRATOR', // 数据管理员
  'CONTACT', // 联系人
  'SECRECY_PERSON', // 保密审查专人
  'DESIGNATED_PERSON', // 共享工作专人
] as const;
export type Post = (typeof POSTS)[number];
