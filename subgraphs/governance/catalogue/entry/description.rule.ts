import type { Text } from '../../../../shared/kernel/index.js';
import { findTextProblem } from '../../core/text.rule.js';
import { toNameKey } from '../checks/item-names.rule.js';
import { isSecret, SECURITY_GRADES } from '../checks/vocabulary.rule.js';
import { say } from '../messages/index.js';

/** The fields of a description that a rule can refuse. */
interface Description {
  readonly abstract?: string | undefined;
  readonly theme?: string | undefined;
  readonly formatType?: string | undefined;
  readonly shareScope?: string | undefined;
  readonly opennessCondition?: string | undefined;
  readonly timeliness?: string | undefined;
  readonly collectionScope?: string | undefined;
  readonly securityGrade?: string | undefined;
  readonly opennessBasis?: readonly string[] | undefined;
  readonly legalBasis?: readonly string[] | undefined;
  readonly related?: readonly string[] | undefined;
  readonly items?: readonly ItemDescription[] | undefined;
}
interface ItemDescription {
  readonly coordinate?: string | undefined;
  readonly name?: string | undefined;
  readonly length?: number | undefined;
  readonly scale?: number | undefined;
  readonly shareType?: string | undefined;
  readonly condition?: string | undefined;
  readonly reason?: string | undefined;
  readonly basis?: readonly string[] | undefined;
}
/** A problem as a message for whoever wrote the description. */
export type Problem = Text;

const MOST_ITEMS = 500;
const MOST_TEXTS = 20;

/** Reports whether a description is of a state secret: then nothing of it is kept. @source HZ-7.3b, YN-2a */
export const isStateSecret = ({ securityGrade }: Description): boolean =>
  securityGrade !== undefined && isSecret(securityGrade);

/** Finds everything in a description that cannot be kept, in one go. */
export function validateDescription(description: Description): Problem[] {
  const { securityGrade, items = [] } = description;
  const problems = [
    ...(['theme', 'formatType', 'opennessCondition', 'shareScope', 'timeliness', 'collectionScope'] as const).map(
      (name) => findOptionalTextProblem(name, description[name]),
    ),
    findOptionalTextProblem('abstract', description.abstract, { lines: true, max: 2000 }),
    ...(['opennessBasis', 'legalBasis', 'related'] as const).flatMap((name) => validateTexts(name, description[name])),
    ...items.flatMap(validateItem),
    ...findRepeated(items),
  ].filter((problem) => problem !== undefined);
  if (securityGrade !== undefined && !SECURITY_GRADES.includes(securityGrade))
    problems.push(say('entry.securityGrade', { grades: SECURITY_GRADES.join(', ') }));
  if (items.length > MOST_ITEMS) problems.push(say('entry.mostItems', { most: MOST_ITEMS }));
  return problems;
}

/** An entry has each item once: two of one name could not be told apart. */
function findRepeated(items: readonly ItemDescription[]): Problem[] {
  const keys = items.map(({ coordinate, name = '' }) => coordinate ?? toNameKey(name));
  const repeated = items.filter((_, at) => keys.indexOf(keys[at]!) !== at);
  const labels = new Set(repeated.map(({ coordinate, name }) => coordinate ?? name));
  return [...labels].map((label) => say('entry.twice', { label: label! }));
}

function validateItem(item: ItemDescription): (Problem | undefined)[] {
  const { coordinate, name, shareType, length, scale, condition, reason, basis } = item;
  const label = coordinate ?? name ?? '';
  return [
    (coordinate === undefined) === (name === undefined) ? say('entry.itemName') : undefined,
    name === undefined ? undefined : findTextProblem('name', name, { max: 100 }),
    length !== undefined && !(length >= 1 && length <= 1_000_000) ? say('entry.length', { label }) : undefined,
    scale !== undefined && !isScale(scale, length) ? say('entry.scale', { label }) : undefined,
    coordinate !== undefined && (shareType !== undefined || condition !== undefined || basis !== undefined)
      ? say('entry.stated', { label })
      : undefined,
    findOptionalTextProblem('condition', condition),
    findOptionalTextProblem('condition', reason),
    ...validateTexts('basis', basis),
  ];
}

/** Reports whether a number may have so many decimal places. */
export const isScale = (scale: number, length: number | undefined): boolean =>
  Number.isInteger(scale) && scale >= 0 && scale <= (length ?? 1_000_000);

const findOptionalTextProblem = (
  name: string,
  text: string | undefined,
  limits: Parameters<typeof findTextProblem>[2] = {},
): Problem | undefined => (text === undefined ? undefined : findTextProblem(name, text, { optional: true, ...limits }));

const validateTexts = (name: string, texts: readonly string[] = []): (Problem | undefined)[] =>
  texts.length > MOST_TEXTS
    ? [say('entry.mostTexts', { name, most: MOST_TEXTS })]
    : texts.map((text) => findTextProblem(name, text, { max: 200 }));
