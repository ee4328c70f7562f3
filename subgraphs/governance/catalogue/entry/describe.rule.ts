import { SHARE_TYPES } from '../../../../shared/kernel/share-type.js';
import { findTextProblem } from '../../core/text.rule.js';
import { DATA_TYPES, isSecret, SECURITY_GRADES } from '../checks/vocabulary.rule.js';

interface Texts {
  readonly abstract?: string | undefined;
  readonly theme?: string | undefined;
  readonly shareScope?: string | undefined;
  readonly timeliness?: string | undefined;
  readonly collectionScope?: string | undefined;
  readonly securityGrade?: string | undefined;
  readonly opennessBasis?: readonly string[] | undefined;
  readonly legalBasis?: readonly string[] | undefined;
  readonly related?: readonly string[] | undefined;
  readonly items?: readonly ItemTexts[] | undefined;
}
interface ItemTexts {
  readonly coordinate?: string | undefined;
  readonly name?: string | undefined;
  readonly dataType?: string | undefined;
  readonly length?: number | undefined;
  readonly shareType?: string | undefined;
  readonly condition?: string | undefined;
  readonly reason?: string | undefined;
  readonly basis?: readonly string[] | undefined;
}
const MOST_ITEMS = 500;

/** Whether what is described is a state secret: then nothing of it is kept. @source HZ-7.3b, YN-2a */
export const describesSecret = ({ securityGrade }: Texts): boolean =>
  securityGrade !== undefined && isSecret(securityGrade);

/** Everything that cannot be kept of a description, told at once. */
export function wrongDescription(given: Texts): string[] {
  const texts = (['theme', 'shareScope', 'timeliness', 'collectionScope'] as const).map((name) =>
    given[name] === undefined ? undefined : findTextProblem(name, given[name], { optional: true }),
  );
  const wrong = [
    ...texts,
    given.abstract === undefined
      ? undefined
      : findTextProblem('abstract', given.abstract, { optional: true, lines: true, max: 2000 }),
    ...(['opennessBasis', 'legalBasis', 'related'] as const).flatMap((name) => wrongList(name, given[name])),
    ...(given.items ?? []).flatMap(wrongItem),
  ].filter((one) => one !== undefined);
  if (given.securityGrade !== undefined && !(SECURITY_GRADES as readonly string[]).includes(given.securityGrade))
    wrong.push(`\`securityGrade\` must be one of ${SECURITY_GRADES.join(', ')}.`);
  if ((given.items?.length ?? 0) > MOST_ITEMS) wrong.push(`Describe at most ${MOST_ITEMS} items at once.`);
  return wrong;
}

function wrongItem(item: ItemTexts): (string | undefined)[] {
  const label = item.coordinate ?? item.name ?? '';
  const { coordinate, name, shareType, dataType, length, condition, reason, basis } = item;
  return [
    (coordinate === undefined) === (name === undefined)
      ? 'An item is named by `coordinate`, or by `name` where none serves it.'
      : undefined,
    name === undefined ? undefined : findTextProblem('name', name, { max: 100 }),
    dataType !== undefined && !(dataType in DATA_TYPES)
      ? `${label}: \`dataType\` must be one of ${Object.keys(DATA_TYPES).join(', ')}.`
      : undefined,
    length !== undefined && !(length >= 1 && length <= 1_000_000)
      ? `${label}: \`length\` must be from 1 to 1000000.`
      : undefined,
    shareType !== undefined && !(SHARE_TYPES as readonly string[]).includes(shareType)
      ? `${label}: \`shareType\` must be one of ${SHARE_TYPES.join(', ')}.`
      : undefined,
    coordinate !== undefined && (shareType !== undefined || condition !== undefined || basis !== undefined)
      ? `${label}: share type, condition and basis of a served item are stated in the schema.`
      : undefined,
    ...[condition, reason].map((text) =>
      text === undefined ? undefined : findTextProblem('condition', text, { optional: true }),
    ),
    ...wrongList('basis', basis),
  ];
}

const wrongList = (name: string, list: readonly string[] = []): (string | undefined)[] =>
  list.length > 20
    ? [`\`${name}\` has more than 20 entries.`]
    : list.map((text) => findTextProblem(name, text, { max: 200 }));
