import { Kind, type DocumentNode, type FieldDefinitionNode } from 'graphql';
import { coordinate, parseCoordinate, type Coordinate, type ShareType } from '../../kernel/index.js';
import { readSubgraphShares } from '../read-subgraph.js';
import { succeedShares } from '../succession/succeed-shares.js';
import type { Successions } from '../succession/succession.js';
import { readShareNames } from '../share-spec.js';
import { shareTypeOf, type KeyStatement } from '../statements.js';
import { namedType, outputFields, typesByName } from '../types-by-name.js';
import { EXACT_RULE, readClaimRule, type ClaimRule } from './claim-rule.js';

/** An item that may be compared with another department's item of the same subject, and how its records are read. */
export interface ComparableItem {
  readonly coordinate: Coordinate;
  readonly subgraph: string;
  /** Department code. */
  readonly provider: string;
  readonly title: string;
  /** GraphQL type, without lists and non-nulls. */
  readonly type: string;
  readonly isEnum: boolean;
  readonly subjectKind: 'PERSON' | 'ORGANISATION';
  /** Field of the record that identifies its subject. */
  readonly subjectField: string;
  /** Root field that lists all records, a page at a time; absent where none does. */
  readonly listField?: string | undefined;
  readonly shareType: ShareType;
  readonly rule: ClaimRule;
}

/** Items of a subgraph that are marked `@verifiable` on types whose records are found by the identifier of their subject.
 *  They are listed too where `listField` says so.
 *  @param successions  what departments have taken over since
 *  @returns            none where the SDL cannot be read */
export function findComparableItems(
  subgraph: string,
  document: DocumentNode,
  successions: Successions = [],
): readonly ComparableItem[] {
  const { directives } = readShareNames(document, subgraph).names;
  const shares = succeedShares(readSubgraphShares(subgraph, document), successions);
  const types = typesByName(document);
  const subjects = new Map(
    shares.fields.flatMap(({ coordinate: at, subject }) => {
      const { type, field } = parseCoordinate(at);
      return subject ? [[type, { kind: subject, field }] as const] : [];
    }),
  );
  return shares.fields.flatMap((statement): ComparableItem[] => {
    const { coordinate: at, verifiable, external, provider, title, returns } = statement;
    const { type, field } = parseCoordinate(at);
    const subject = subjects.get(type);
    const nodes = types.get(type) ?? [];
    const node = outputFields(nodes).find(({ name }) => name.value === field);
    if (!verifiable || external || !subject || !node || provider === '' || (node.arguments?.length ?? 0) > 0) return [];
    if (!shares.resources.some((resource) => resource.type === type)) return [];
    const mark = node.directives?.find(({ name }) => directives.get(name.value) === 'verifiable');
    if (!shares.keys.some((key) => isKeyBy(key, type, subject.field))) return [];
    return [
      {
        ...{ coordinate: coordinate(type, field), subgraph, provider, title, type: returns },
        isEnum: (types.get(returns) ?? []).some(({ kind }) => kind.startsWith('EnumType')),
        ...{ subjectKind: subject.kind, subjectField: subject.field, listField: findListField(types, type) },
        shareType: shareTypeOf(statement) ?? 'NOT_SHARED',
        rule: mark ? readClaimRule(mark) : EXACT_RULE,
      },
    ];
  });
}

const isKeyBy = (key: KeyStatement, type: string, field: string): boolean =>
  key.type === type && key.resolvable && key.fields.trim() === field;

/** Root field with `first` and `after` and nothing else that must be given, whose pages have `nodes` of the type. */
function findListField(types: ReturnType<typeof typesByName>, type: string): string | undefined {
  return outputFields(types.get('Query') ?? []).find((field) => {
    const names = new Set((field.arguments ?? []).map(({ name }) => name.value));
    const isOptional = (field.arguments ?? []).every(
      (each) => each.type.kind !== Kind.NON_NULL_TYPE || each.defaultValue !== undefined || each.name.value === 'first',
    );
    if (!names.has('first') || !names.has('after') || !isOptional) return false;
    const page = outputFields(types.get(namedType(field.type)) ?? []);
    const has = (name: string) => page.find((each: FieldDefinitionNode) => each.name.value === name);
    const nodes = has('nodes');
    return nodes !== undefined && has('pageInfo') !== undefined && namedType(nodes.type) === type;
  })?.name.value;
}
