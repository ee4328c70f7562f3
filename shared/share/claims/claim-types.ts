import { parse, type DefinitionNode, type ObjectTypeDefinitionNode } from 'graphql';
import { asBlocks } from '../block-descriptions.js';
import { findClaimKey, titleOf, writeKey, type Objects, type WrittenKey } from '../record-keys.js';
import { bandEnum, claimRowInput, claimsInput, MOST_CLAIM_ROWS, verifyBatchField, verifyField } from './claim-names.js';
import { findClaimedItems, type ClaimedItem } from './claimed-items.js';
import { listBands } from './claim-rule.js';

/** Root fields and types by which claims about the records of some types are compared, as SDL definitions: `verifyResident`,
 *  `verifyResidentBatch`, `ResidentClaims` and the outcome. None for a type without a key or without an item that is marked
 *  `@verifiable`.
 *  @param objects  types and root fields of a subgraph, under the directives' own names
 *  @param isWanted  tells root fields that the provider did not write
 *  @param by        who compares */
export function writeClaimTypes(
  objects: Objects,
  isWanted: (rootField: string) => boolean,
  by: 'PROVIDER' | 'HUB' = 'PROVIDER',
): readonly DefinitionNode[] {
  const written = [...objects.values()].flatMap((node) => {
    const type = node.name.value;
    const key = findClaimKey(node);
    const items = findClaimedItems(node);
    const wanted = [verifyField(type), verifyBatchField(type)].filter(isWanted);
    if (!key || items.length === 0 || wanted.length === 0) return [];
    return [writeType(node, items, writeKey(type, key, objects, 'compares'), isWanted)];
  });
  if (written.length === 0) return [];
  return asBlocks(parse([...written, OUTCOMES, COMPARED_BY[by]].join('\n'), { noLocation: true })).definitions;
}

function writeType(
  node: ObjectTypeDefinitionNode,
  items: readonly ClaimedItem[],
  key: WrittenKey,
  isWanted: (rootField: string) => boolean,
): string {
  const type = node.name.value;
  const title = titleOf(node);
  const member = `"${key.title}" ${key.name}: ${key.type}! ${key.directives}`;
  const claims = items.map(
    ({ claim, claimType, item, title }) => `"${title}" ${claim}: ${claimType} @compares(field: "${type}.${item}")`,
  );
  const fields = [
    `"""
    核查${title}
    Confirmed or not, all claims together.
    """
    ${verifyField(type)}(${member} claims: ${claimsInput(type)}!): Verification @share(type: UNCONDITIONAL)`,
    `"""
    批量核查${title}
    1 to ${MOST_CLAIM_ROWS.toLocaleString('en')} rows, all of them or none. Outcomes in the order of the rows.
    """
    ${verifyBatchField(type)}(rows: [${claimRowInput(type)}!]!): [Verification!] @share(type: UNCONDITIONAL)`,
  ].filter((_, i) => isWanted([verifyField(type), verifyBatchField(type)][i]!));
  return `type Query { ${fields.join('\n')} }
  "核查${title}的事项\\nAt least one; what is not given is not compared." input ${claimsInput(type)} { ${claims.join('\n')} }
  "核查${title}的一行" input ${claimRowInput(type)} { ${member} "核查的事项" claims: ${claimsInput(type)}! }
  ${key.input}
  ${items.flatMap((each) => (each.isBand ? writeBands(type, each) : [])).join('\n')}`;
}

const writeBands = (type: string, { item, title, rule }: ClaimedItem): string => {
  const values = listBands(rule).map((band) => `"${band.title}" ${band.name}`);
  return `"${title}的档次" enum ${bandEnum(type, item)} { ${values.join('\n')} }`;
};

const OUTCOMES = `
"""
核查结果
"""
type Verification @shareable @share(type: UNCONDITIONAL) {
  "结果"
  outcome: VerificationOutcome!
  "由谁比对"
  comparedBy: ComparedBy!
  """
  逐项结果
  Only where the grants of all items that are claimed say so.
  """
  outcomes: [ItemVerification!]
}
"""
单项核查结果
"""
type ItemVerification @shareable @share(type: UNCONDITIONAL) {
  "信息项坐标"
  item: ID!
  "结果"
  outcome: VerificationOutcome!
}
"核查结果"
enum VerificationOutcome {
  "一致"
  MATCH
  """
  未能确认
  A claim differs, or there is no such record, no value in it, or none that may be told of. Which of these is never said.
  """
  NOT_CONFIRMED
  """
  无记录
  There is no record, or none that may be told of. Only where the grants of all items that are claimed say so; of a single item it
  is never said.
  """
  NO_RECORD
}`;
const COMPARED_BY = {
  PROVIDER: '"由谁比对" enum ComparedBy { "提供部门" PROVIDER }',
  HUB: `"由谁比对" enum ComparedBy {
    """
    共享平台
    The provider's subgraph has no comparison of its own, so the hub has read the item, compared it inside and kept nothing of it.
    """
    HUB
  }`,
} as const;
