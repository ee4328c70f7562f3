import type { Text } from '../../../../../shared/kernel/index.js';
import type { RefusalCode } from '../../../core/index.js';
import { say } from '../../messages/index.js';

/** An item as it is paired with another department's. */
export interface PairedItem {
  readonly coordinate: string;
  readonly provider: string;
  /** GraphQL type. */
  readonly type: string;
  readonly isEnum: boolean;
  readonly subjectKind: string;
  readonly listField?: string | null | undefined;
  readonly shareType: string;
  readonly rule: { readonly form: string; readonly within: number; readonly bands: readonly number[] };
}
export interface Pairing {
  readonly form: 'EXACT' | 'NAME' | 'DATE' | 'NUMBER';
  readonly within: number;
}
/** Reason for which nothing is done, as data. */
export interface CheckProblem {
  readonly code: RefusalCode;
  readonly message: Text;
}

const NUMBERS: ReadonlySet<string> = new Set(['Int', 'Float', 'Decimal']);
const DATES: ReadonlySet<string> = new Set(['LocalDate', 'Date']);
const TEXTS: ReadonlySet<string> = new Set(['String', 'ID']);

/** Chooses how the values of two items are compared, by what their owners say of comparisons. A difference in an item of few
 *  values would tell the other's value, so such items are compared only where everybody may read both.
 *  @returns the rule, or why there is none
 *  @source HZ-6.3a */
export function choosePairing(left: PairedItem, right: PairedItem): Pairing | CheckProblem {
  if (left.provider === right.provider) return { code: 'SAME_DEPARTMENT', message: say('define.sameDepartment') };
  if (left.subjectKind !== right.subjectKind) return unfit(say('define.subjects'));
  if (findDriver(left, right) === undefined) return unfit(say('define.unlisted'));
  const kind = kindOf(left);
  if (kind === undefined || kind !== kindOf(right))
    return unfit(say('define.types', { left: left.type, right: right.type }));
  const hasFewValues = [left, right].some(
    ({ type, isEnum, rule }) => type === 'Boolean' || isEnum || rule.bands.length > 0,
  );
  const isOpen = [left, right].every(({ shareType }) => shareType === 'UNCONDITIONAL');
  if (hasFewValues && !isOpen) return { code: 'MISMATCH_TELLS_VALUE', message: say('define.fewValues') };
  if (kind === 'number') return { form: 'NUMBER', within: Math.max(left.rule.within, right.rule.within) };
  if (kind === 'date') return { form: 'DATE', within: 0 };
  const isName = kind === 'text' && [left, right].some(({ rule }) => rule.form === 'NAME');
  return { form: isName ? 'NAME' : 'EXACT', within: 0 };
}

/** The side whose records are listed; those of the other are found by the identifiers of their subjects. */
export function findDriver(
  left: Pick<PairedItem, 'listField'>,
  right: Pick<PairedItem, 'listField'>,
): 'LEFT' | 'RIGHT' | undefined {
  if (left.listField != null) return 'LEFT';
  return right.listField != null ? 'RIGHT' : undefined;
}

function kindOf({ type, isEnum }: PairedItem): string | undefined {
  if (NUMBERS.has(type)) return 'number';
  if (DATES.has(type)) return 'date';
  if (TEXTS.has(type)) return 'text';
  return type === 'Boolean' || isEnum ? type : undefined;
}

const unfit = (message: Text): CheckProblem => ({ code: 'NOT_COMPARABLE', message });
