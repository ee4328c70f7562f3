import { findTextProblem } from '../../core/text.rule.js';
import { toNameKey } from '../checks/item-names.rule.js';
import { isSecret, SECURITY_GRADES } from '../checks/vocabulary.rule.js';

/** The fields of a description that a rule can refuse. */
interface Description {
  readonly abstract?: string | undefined;
  readonly theme?: string | undefined;
  readonly shareScope?: string | undefined;
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
  readonly shareType?: string | undefined;
  readonly condition?: string | undefined;
  readonly reason?: string | undefined;
  readonly basis?: readonly string[] | undefined;
}
/** A problem as a message for whoever wrote the description. */
export type Problem = string;

const MOST_ITEMS = 500;
const MOST_TEXTS = 20;

/** Reports whether a description is of a state secret: then nothing of it is kept. @source HZ-7.3b, YN-2a */
export const isStateSecret = ({ securityGrade }: Description): boolean =>
  securityGrade !== undefined && isSecret(securityGrade);

/** Finds everything in a description that cannot be kept, in one go. */
export function validateDescription(description: Description): Problem[] {
  const { securityGrade, items = [] } = description;
  const problems = [
    ...(['theme', 'shareScope', 'timeliness', 'collectionScope'] as const).map((name) =>
      findOptionalTextProblem(name, description[name]),
    ),
    findOptionalTextProblem('abstract', description.abstract, { lines: true, max: 2000 }),
    ...(['opennessBasis', 'legalBasis', 'related'] as const).flatMap((name) => validateTexts(name, description[name])),
    ...items.flatMap(validateItem),
    ...findRepeated(items),
  ].filter((problem) => problem !== undefined);
  if (securityGrade !== undefined && !SECURITY_GRADES.includes(securityGrade))
    problems.push(`\`securityGrade\` must be one of ${SECURITY_GRADES.join(', ')}.`);
  if (items.length > MOST_ITEMS) problems.push(`Describe at most ${MOST_ITEMS} items at once.`);
  return problems;
}

/** An entry has each item once: two of one name could not be told apart. */
function findRepeated(items: readonly ItemDescription[]): Problem[] {
  const keys = items.map(({ coordinate, name = '' }) => coordinate ?? toNameKey(name));
  const repeated = items.filter((_, at) => keys.indexOf(keys[at]!) !== at);
  const labels = new Set(repeated.map(({ coordinate, name }) => coordinate ?? name));
  return [...labels].map((label) => `"${label}" is described twice; an entry has each item once.`);
}

function validateItem(item: ItemDescription): (Problem | undefined)[] {
  const { coordinate, name, shareType, length, condition, reason, basis } = item;
  const label = coordinate ?? name ?? '';
  return [
    (coordinate === undefined) === (name === undefined)
      ? 'An item is named by `coordinate`, or by `name` where none serves it.'
      : undefined,
    name === undefined ? undefined : findTextProblem('name', name, { max: 100 }),
    length !== undefined && !(length >= 1 && length <= 1_000_000)
      ? `${label}: \`length\` must be from 1 to 1000000.`
      : undefined,
    coordinate !== undefined && (shareType !== undefined || condition !== undefined || basis !== undefined)
      ? `${label}: share type, condition and basis of a served item are stated in the schema.`
      : undefined,
    findOptionalTextProblem('condition', condition),
    findOptionalTextProblem('condition', reason),
    ...validateTexts('basis', basis),
  ];
}

const findOptionalTextProblem = (
  name: string,
  text: string | undefined,
  limits: Parameters<typeof findTextProblem>[2] = {},
): Problem | undefined => (text === undefined ? undefined : findTextProblem(name, text, { optional: true, ...limits }));

const validateTexts = (name: string, texts: readonly string[] = []): (Problem | undefined)[] =>
  texts.length > MOST_TEXTS
    ? [`\`${name}\` has more than ${MOST_TEXTS} entries.`]
    : texts.map((text) => findTextProblem(name, text, { max: 200 }));
