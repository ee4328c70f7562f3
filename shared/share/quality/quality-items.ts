import { Kind, type DocumentNode } from 'graphql';
import { parseCoordinate, type Coordinate, type Mask, type ShareType } from '../../kernel/index.js';
import { parseFieldSet } from '../field-set.js';
import { readSubgraphShares } from '../read-subgraph.js';
import { succeedShares } from '../succession/succeed-shares.js';
import type { Successions } from '../succession/succession.js';
import { shareTypeOf } from '../statements.js';
import { outputFields, typesByName } from '../types-by-name.js';

/** An item about which rules of quality can be made, as its schema states it. */
export interface QualityItem {
  readonly coordinate: Coordinate;
  readonly subgraph: string;
  /** Department code. */
  readonly provider: string;
  /** Type and field of the graph. */
  readonly type: string;
  readonly item: string;
  /** Code and name of the resource. */
  readonly resource: string;
  readonly resourceName: string;
  readonly title: string;
  /** GraphQL type of the value. */
  readonly valueType: string;
  readonly shareType: ShareType;
  readonly facts: ItemFacts;
}
/** Statements about an item that a rule follows from. */
export interface ItemFacts {
  /** It is never null. */
  readonly required: boolean;
  /** It alone names a record. */
  readonly key: boolean;
  /** Codes, of an item with a code list. */
  readonly codes?: readonly string[] | undefined;
  readonly subject?: 'PERSON' | 'ORGANISATION' | undefined;
  readonly mask?: Mask | undefined;
  /** It holds a division code. */
  readonly division: boolean;
}

const SCALARS = new Set([
  'String',
  'ID',
  'Int',
  'Float',
  'Decimal',
  'Boolean',
  'Date',
  'LocalDate',
  'DateTime',
  'DateTimeISO',
]);

/** Items of a subgraph's resources that are single values: of a scalar or a code list, without arguments.
 *  @param successions  what departments have taken over since
 *  @returns            none where the SDL cannot be read */
export function findQualityItems(
  subgraph: string,
  document: DocumentNode,
  successions: Successions = [],
): readonly QualityItem[] {
  const shares = succeedShares(readSubgraphShares(subgraph, document), successions);
  const types = typesByName(document);
  const keys = new Set(
    shares.keys.flatMap(({ type, fields }) => {
      const [only, ...others] = parseFieldSet(fields)?.selections ?? [];
      return only?.kind === Kind.FIELD && !only.selectionSet && others.length === 0
        ? [`${type}.${only.name.value}`]
        : [];
    }),
  );
  return shares.fields.flatMap((statement): QualityItem[] => {
    const { coordinate, provider, title, returns, external, abstract, subject, mask } = statement;
    const { type, field } = parseCoordinate(coordinate);
    const resource = shares.resources.find((each) => each.type === type);
    const node = outputFields(types.get(type) ?? []).find(({ name }) => name.value === field);
    if (!resource || !node || external || abstract || statement.requires !== undefined) return [];
    if ((node.arguments?.length ?? 0) > 0 || isList(node.type)) return [];
    const codes = (types.get(returns) ?? []).flatMap((each) =>
      each.kind === Kind.ENUM_TYPE_DEFINITION ? (each.values ?? []).map(({ name }) => name.value) : [],
    );
    if (codes.length === 0 && !SCALARS.has(returns)) return [];
    return [
      {
        ...{ coordinate, subgraph, provider, type, item: field, title, valueType: returns },
        ...{ resource: resource.code, resourceName: resource.name },
        shareType: shareTypeOf(statement) ?? 'NOT_SHARED',
        facts: {
          required: node.type.kind === Kind.NON_NULL_TYPE,
          key: keys.has(coordinate),
          ...(codes.length > 0 && { codes }),
          ...(subject && { subject }),
          ...(mask && { mask }),
          division: shares.scopes.get(type)?.path === field,
        },
      },
    ];
  });
}

const isList = (type: { readonly kind: Kind; readonly type?: unknown }): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type as { readonly kind: Kind }));
