import type { FieldDefinitionNode, ObjectTypeDefinitionNode } from 'graphql';
import { argument } from '../share-spec.js';
import { directivesOf } from '../directives-of.js';
import { namedType, titleOf } from '../record-keys.js';
import { bandClaim, bandEnum } from './claim-names.js';
import { readClaimRule, type ClaimRule } from './claim-rule.js';

/** An item that claims may be about. */
export interface ClaimedItem {
  /** Name of the claim in the input. */
  readonly claim: string;
  /** GraphQL type of the claim. */
  readonly claimType: string;
  readonly isBand: boolean;
  /** Field of the record. */
  readonly item: string;
  readonly type: string;
  readonly title: string;
  readonly rule: ClaimRule;
  /** Every department may read it, by what the SDL says. */
  readonly isOpen: boolean;
}

/** Items of a type that are marked `@verifiable`. */
export const findClaimedItems = (node: ObjectTypeDefinitionNode): readonly ClaimedItem[] =>
  (node.fields ?? []).flatMap((field): ClaimedItem[] => {
    const [marked] = directivesOf(field, 'verifiable');
    if (!marked) return [];
    const rule = readClaimRule(marked);
    const item = field.name.value;
    const isBand = rule.bands.length > 0;
    return [
      {
        claim: isBand ? bandClaim(item) : item,
        claimType: isBand ? bandEnum(node.name.value, item) : namedType(field.type),
        isBand,
        item,
        type: namedType(field.type),
        title: titleOf(field),
        rule,
        isOpen: shareTypeOf(field, node) === 'UNCONDITIONAL',
      },
    ];
  });

const shareTypeOf = (field: FieldDefinitionNode, type: ObjectTypeDefinitionNode): unknown => {
  const [share] = [...directivesOf(field, 'share'), ...directivesOf(type, 'share')];
  return share && argument(share, 'type');
};
