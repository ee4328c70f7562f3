import { error, warning, type CatalogueLaw, type CheckedEntry, type Finding } from './finding.rule.js';
import { CARRIES, CATEGORIES, CODE, isSecret, UPDATE_CYCLES } from './vocabulary.rule.js';

const SYSTEM_NAME = /(系统|平台|数据库|网站|门户|APP|小程序)$/i;

/** The code is well formed, and its class is the entry's. @source 政务信息资源目录编制指南(试行); CZ-7a */
export const codeIsWellFormed = ({ kind, code, category }: CheckedEntry, { catalogue }: CatalogueLaw): Finding[] => {
  if (kind !== 'DATA') return [];
  const clauses = catalogue?.guide?.clauses;
  if (!CODE.test(code))
    return [
      error(
        'CODE_MALFORMED',
        `"${code}" is no code: six to fourteen digits, a slash and the sequence number.`,
        clauses,
        'code',
      ),
    ];
  const expected = CATEGORIES[code[0]!];
  return category && expected && category !== expected
    ? [
        error(
          'CODE_OF_OTHER_CATEGORY',
          `Code ${code} is of ${expected}, the entry says ${category}.`,
          clauses,
          'category',
        ),
      ]
    : [];
};

/** What is given names the data, not the system that holds it. @source 政务信息资源目录编制指南(试行); QZ-4.1a */
export const nameIsOfData =
  (systems: readonly string[]) =>
  ({ kind, name }: CheckedEntry): Finding[] =>
    kind === 'DATA' && (SYSTEM_NAME.test(name) || systems.includes(name))
      ? [error('NAME_OF_SYSTEM', `"${name}" is the name of a system. Name the data that is in it.`, [], 'name')]
      : [];

/** The way of provision can carry the format. */
export const formatFitsMethod = ({ format, method, served }: CheckedEntry): Finding[] => {
  if (!method) return [];
  if (served && !['INTERFACE', 'ONLINE_QUERY', 'VERIFICATION'].includes(method))
    return [
      error('METHOD_UNFIT', `The entry is served by a subgraph, so ${method} is not how it is provided.`, [], 'method'),
    ];
  return format && !CARRIES[method].includes(format)
    ? [
        error(
          'FORMAT_UNFIT',
          `${method} does not carry ${format}; it carries ${CARRIES[method].join(', ')}.`,
          [],
          'format',
        ),
      ]
    : [];
};

export const updateCycleIsKnown = ({ updateCycle }: CheckedEntry): Finding[] =>
  updateCycle && !(UPDATE_CYCLES as readonly string[]).includes(updateCycle)
    ? [error('UPDATE_CYCLE_UNKNOWN', `"${updateCycle}" is none of ${UPDATE_CYCLES.join(', ')}.`, [], 'updateCycle')]
    : [];

/** State secrets are not on the platform. @source HZ-7.3b, YN-2a, CZ-19f */
export const holdsNoSecrets = ({ securityGrade }: CheckedEntry, { stateSecrets }: CatalogueLaw): Finding[] =>
  securityGrade && isSecret(securityGrade)
    ? [
        error(
          'STATE_SECRET',
          'State secrets are not on this platform. Use the channels of the law on secrecy.',
          stateSecrets?.clauses ?? ['HZ-7.3b', 'YN-2a'],
          'securityGrade',
        ),
      ]
    : [];

/** Each entry serves a statutory function of its department. @source HZ-5.1a */
export const servesDuty = ({ kind, duty }: CheckedEntry): Finding[] =>
  kind === 'DATA' && !duty
    ? [warning('DUTY_UNNAMED', 'The entry names no function of its department.', ['HZ-5.1a'], 'duty')]
    : [];

/** What is opened only under conditions, or not at all, rests on a provision. @source YN-22e */
export const closednessHasBasis = ({ openness, opennessBasis }: CheckedEntry, { openData }: CatalogueLaw): Finding[] =>
  openData?.basis && openness && openness !== 'UNCONDITIONAL' && (opennessBasis ?? []).length === 0
    ? [
        error(
          'OPENNESS_BASIS_MISSING',
          `It is ${openness} to the public and cites no provision.`,
          openData.basis.clauses,
          'openness',
        ),
      ]
    : [];
