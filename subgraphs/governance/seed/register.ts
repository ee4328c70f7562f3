import type { Role } from '../../../shared/kernel/index.js';

/** The departments of the demo; all provide and consume, one governs. */
export const DEPARTMENTS: readonly { code: string; name: string; roles: readonly Role[] }[] = [
  { code: 'data-bureau', name: '数据管理局', roles: ['authority', 'provider', 'consumer'] },
  { code: 'public-security', name: '公安局', roles: ['provider', 'consumer'] },
  { code: 'natural-resources', name: '自然资源局', roles: ['provider', 'consumer'] },
  { code: 'market-supervision', name: '市场监督管理局', roles: ['provider', 'consumer'] },
  { code: 'human-resources', name: '人力资源和社会保障局', roles: ['provider', 'consumer'] },
  { code: 'medical-security', name: '医疗保障局', roles: ['provider', 'consumer'] },
  { code: 'civil-affairs', name: '民政局', roles: ['provider', 'consumer'] },
  { code: 'staffing-office', name: '机构编制委员会办公室', roles: ['provider', 'consumer'] },
  { code: 'housing', name: '住房保障和房产管理局', roles: ['consumer'] },
  { code: 'tax', name: '税务局', roles: ['consumer'] },
  { code: 'secrecy-bureau', name: '国家保密局', roles: ['secrecy-reviewer'] },
  { code: 'audit', name: '审计局', roles: ['auditor'] },
  { code: 'citizen-hotline', name: '政务服务便民热线中心', roles: ['citizen-service'] },
];

export const SYSTEMS: readonly { clientId: string; name: string; department: string; suspended?: boolean }[] = [
  { clientId: 'data-bureau-console', name: '共享平台管理端', department: 'data-bureau' },
  { clientId: 'housing-app', name: '公共租赁住房系统', department: 'housing' },
  { clientId: 'housing-legacy', name: '旧版公房系统', department: 'housing', suspended: true },
  { clientId: 'tax-app', name: '税务征管系统', department: 'tax' },
  { clientId: 'civil-affairs-app', name: '社会救助系统', department: 'civil-affairs' },
  { clientId: 'human-resources-app', name: '社会保险经办系统', department: 'human-resources' },
  { clientId: 'market-app', name: '企业登记系统', department: 'market-supervision' },
  { clientId: 'public-security-app', name: '户政系统', department: 'public-security' },
  { clientId: 'secrecy-desk', name: '保密审查系统', department: 'secrecy-bureau' },
  { clientId: 'audit-app', name: '审计系统', department: 'audit' },
  { clientId: 'citizen-desk', name: '公民查询窗口系统', department: 'citizen-hotline' },
];

export const OFFICERS: readonly {
  subject: string;
  name: string;
  department: string;
  roles: readonly Role[];
  suspended?: boolean;
}[] = [
  { subject: 'wang.min', name: '王敏', department: 'data-bureau', roles: ['authority', 'operator'] },
  { subject: 'li.na', name: '李娜', department: 'housing', roles: ['consumer'] },
  { subject: 'zhao.lei', name: '赵磊', department: 'public-security', roles: ['provider', 'consumer'] },
  { subject: 'chen.jing', name: '陈静', department: 'civil-affairs', roles: ['provider', 'consumer'] },
  { subject: 'zhou.bao', name: '周保', department: 'secrecy-bureau', roles: ['secrecy-reviewer'] },
  { subject: 'he.shen', name: '何审', department: 'audit', roles: ['auditor'] },
  { subject: 'bai.ling', name: '白玲', department: 'citizen-hotline', roles: ['citizen-service'] },
  { subject: 'sun.hao', name: '孙浩', department: 'housing', roles: ['consumer'], suspended: true },
  { subject: 'lin.jun', name: '林军', department: 'public-security', roles: ['provider', 'consumer'] },
  { subject: 'wu.gang', name: '吴刚', department: 'data-bureau', roles: ['provider', 'consumer'] },
  { subject: 'xu.fang', name: '徐芳', department: 'data-bureau', roles: ['authority'] },
  { subject: 'gao.feng', name: '高峰', department: 'natural-resources', roles: ['provider', 'consumer'] },
  { subject: 'ma.li', name: '马丽', department: 'market-supervision', roles: ['provider', 'consumer'] },
  { subject: 'guo.wei', name: '郭伟', department: 'human-resources', roles: ['provider', 'consumer'] },
  { subject: 'luo.xin', name: '罗欣', department: 'medical-security', roles: ['provider', 'consumer'] },
  { subject: 'tang.hui', name: '唐慧', department: 'staffing-office', roles: ['provider', 'consumer'] },
  { subject: 'zhang.tao', name: '张涛', department: 'tax', roles: ['consumer'] },
];

export const SCENARIOS: readonly { department: string; code: string; name: string; purpose: string }[] = [
  {
    department: 'housing',
    code: 'public-rental-review',
    name: '公共租赁住房资格审核',
    purpose: '核验公共租赁住房申请人及家庭成员的身份、户籍、社会保险和经营情况',
  },
  { department: 'housing', code: 'talent-housing', name: '人才住房配租', purpose: '核验人才住房申请人的联系方式' },
  { department: 'tax', code: 'tax-credit-review', name: '纳税信用评价', purpose: '评价纳税人信用等级' },
  { department: 'tax', code: 'arrears-recovery', name: '欠税追缴', purpose: '联系欠税纳税人' },
  {
    department: 'civil-affairs',
    code: 'living-allowance-review',
    name: '最低生活保障审核',
    purpose: '核对申请最低生活保障家庭的收入和财产',
  },
  { department: 'human-resources', code: 'pension-check', name: '养老待遇资格认证', purpose: '认证领取养老待遇资格' },
  {
    department: 'market-supervision',
    code: 'licence-renewal',
    name: '营业执照换发',
    purpose: '联系法定代表人换发营业执照',
  },
];
