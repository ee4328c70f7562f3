import type { Post } from '../core/index.js';
import { DEPARTMENTS, OFFICERS } from './register.js';

/** Data administrators by department; leaders and contacts are generated. */
export const ADMINISTRATORS: Readonly<Record<string, string>> = {
  'data-bureau': 'wu.gang',
  'public-security': 'zhao.lei',
  'natural-resources': 'gao.feng',
  'market-supervision': 'ma.li',
  'human-resources': 'guo.wei',
  'medical-security': 'luo.xin',
  'civil-affairs': 'chen.jing',
  'staffing-office': 'tang.hui',
  housing: 'li.na',
  tax: 'zhang.tao',
};
const LEADERS = [
  { post: 'HEAD', suffix: 'head', given: '建国' },
  { post: 'LEADER_IN_CHARGE', suffix: 'leader', given: '志远' },
  { post: 'CONTACT', suffix: 'contact', given: '小雨' },
] as const;
const FAMILIES = [...'胡何朱邓曹彭曾萧田董袁潘于蒋蔡余杜叶程'];

export interface SamplePerson {
  readonly subject: string;
  readonly name: string;
  readonly department: string;
  readonly roles: (typeof DEPARTMENTS)[number]['roles'];
}
export interface SampleAppointment {
  readonly officer: string;
  readonly department: string;
  readonly post: Post;
}

/** The named officers of the demo, and for each department a head, a leader in charge and a contact. */
export const PEOPLE: readonly (SamplePerson & { readonly suspended?: boolean })[] = [
  ...OFFICERS,
  ...Object.keys(ADMINISTRATORS).flatMap((department, at) =>
    leadersOf(
      department,
      DEPARTMENTS.find(({ code }) => code === department)!.roles.filter((role) => role !== 'authority'),
      at,
    ),
  ),
];

/** Every department has the posts filled that any of the profiles asks for. */
export const APPOINTMENTS: readonly SampleAppointment[] = Object.entries(ADMINISTRATORS).flatMap(
  ([department, officer]) => appointmentsOf(department, officer),
);

/** A head, a leader in charge and a contact of a department.
 *  @param at  the department's place among all, by which they are named */
export function leadersOf(department: string, roles: SamplePerson['roles'], at: number): SamplePerson[] {
  return LEADERS.map(({ suffix, given }) => ({
    subject: `${department}.${suffix}`,
    name: `${FAMILIES[at]}${given}`,
    department,
    roles,
  }));
}

/** @param officer  the department's data administrator */
export function appointmentsOf(department: string, officer: string): SampleAppointment[] {
  return [
    ...LEADERS.map(({ post, suffix }) => ({ officer: `${department}.${suffix}`, department, post })),
    { officer, department, post: 'DATA_ADMINISTRATOR' },
    { officer, department, post: 'DESIGNATED_PERSON' },
    { officer: `${department}.contact`, department, post: 'SECRECY_PERSON' },
  ];
}
