import type { CatalogueLaw } from './catalogue-law.type.js';
import { type CheckFinding, reportError, reportWarning } from './check-finding.rule.js';
import type { CheckedEntry, Surroundings } from './checked-entry.type.js';
import { CARRIED_FORMATS, CATEGORIES, CODE, isSecret, isUpdateCycle, UPDATE_CYCLES } from './vocabulary.rule.js';
import { say } from '../messages/index.js';
import { joinTexts } from '../../../../shared/kernel/index.js';
import { wordOf } from '../../core/words.rule.js';

const SYSTEM_NAME = /(系统|平台|数据库|网站|门户|APP|小程序)$/i;

/** The code is well formed, and its category is the entry's. @source 政务信息资源目录编制指南(试行); CZ-7a */
export function checkCode({ kind, code, category }: CheckedEntry, { catalogue }: CatalogueLaw): CheckFinding[] {
  if (kind !== 'DATA') return [];
  const clauses = catalogue?.guide?.clauses;
  if (!CODE.test(code)) {
    const message = say('check.code', { code });
    return [reportError('CODE_MALFORMED', message, clauses, 'code')];
  }
  const expected = CATEGORIES[code[0]!];
  if (!category || !expected || category === expected) return [];
  const message = say('check.codeCategory', { code, expected, category });
  return [reportError('CODE_OF_OTHER_CATEGORY', message, clauses, 'category')];
}

/** The entry is named for the data, not for the system that holds it. @source 政务信息资源目录编制指南(试行); QZ-4.1a */
export function checkName({ kind, name }: CheckedEntry, _law: CatalogueLaw, { systems }: Surroundings): CheckFinding[] {
  if (kind !== 'DATA' || !(SYSTEM_NAME.test(name) || systems.includes(name))) return [];
  const message = say('check.systemName', { name });
  return [reportError('NAME_OF_SYSTEM', message, [], 'name')];
}

/** The method of provision can carry the format. */
export function checkProvisionMethod({ format, method, served }: CheckedEntry): CheckFinding[] {
  if (!method) return [];
  if (served && !['INTERFACE', 'ONLINE_QUERY', 'VERIFICATION'].includes(method)) {
    const message = say('check.method', { method: wordOf('method', method) });
    return [reportError('METHOD_UNFIT', message, [], 'method')];
  }
  const carried = CARRIED_FORMATS[method];
  if (!format || carried.includes(format)) return [];
  const message = say('check.format', {
    method: wordOf('method', method),
    format: wordOf('format', format),
    carried: joinTexts(
      carried.map((one) => wordOf('format', one)),
      ',',
    ),
  });
  return [reportError('FORMAT_UNFIT', message, [], 'format')];
}

export function checkUpdateCycle({ updateCycle }: CheckedEntry): CheckFinding[] {
  if (!updateCycle || isUpdateCycle(updateCycle)) return [];
  const message = say('check.updateCycle', {
    cycle: updateCycle,
    cycles: joinTexts(
      Object.keys(UPDATE_CYCLES).map((one) => wordOf('updateCycle', one)),
      ',',
    ),
  });
  return [reportError('UPDATE_CYCLE_UNKNOWN', message, [], 'updateCycle')];
}

/** State secrets are not on the platform. @source HZ-7.3b, YN-2a, CZ-19f */
export function checkSecrecy({ securityGrade }: CheckedEntry, { stateSecrets }: CatalogueLaw): CheckFinding[] {
  if (!securityGrade || !isSecret(securityGrade)) return [];
  const message = say('check.secret');
  return [reportError('STATE_SECRET', message, stateSecrets?.clauses ?? ['HZ-7.3b', 'YN-2a'], 'securityGrade')];
}

/** Each entry serves a statutory function of its department. @source HZ-5.1a */
export const checkDuty = ({ kind, duty }: CheckedEntry): CheckFinding[] =>
  kind === 'DATA' && !duty ? [reportWarning('DUTY_UNNAMED', say('check.duty'), ['HZ-5.1a'], 'duty')] : [];

/** An entry that is opened only under conditions, or not at all, cites a provision. @source YN-22e */
export function checkOpennessBasis(
  { openness, opennessBasis }: CheckedEntry,
  { openData }: CatalogueLaw,
): CheckFinding[] {
  const needed = openData?.basis && openness && openness !== 'UNCONDITIONAL';
  if (!needed || (opennessBasis ?? []).length > 0) return [];
  const message = say('check.openness', { openness: wordOf('openness', openness) });
  return [reportError('OPENNESS_BASIS_MISSING', message, openData.basis.clauses, 'openness')];
}
