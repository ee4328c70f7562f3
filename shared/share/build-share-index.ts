import { createHash } from 'node:crypto';
import {
  getNamedType,
  isEnumType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { coordinate, parseCoordinate, stricter, type Coordinate, type ShareType } from '../kernel/index.js';
import { checkStatements, DEFAULT_CATALOGUE_RULES, type CatalogueRules } from './catalogue-checks.js';
import type { FieldStatement, SubgraphShares } from './read-subgraph.js';
import { requiredCoordinates } from './required-coordinates.js';
import type { Resource, ShareIndex, ShareItem, ShareProblem } from './share-index.js';

export interface ShareIndexOptions {
  /** `refuse` (the rule): an item without share type is a problem and denied. `unconditional`: only for trying the engine. */
  readonly uncatalogued?: 'refuse' | 'unconditional';
  readonly rules?: CatalogueRules;
}

interface Draft {
  readonly coordinate: Coordinate;
  readonly statements: readonly FieldStatement[];
  ownType: ShareType;
  readonly needs: Set<Coordinate>;
}

/** Brings the statements of all subgraphs into one index for one graph version.
 *  The index is always returned: what has a problem is restricted as far as it goes, so that nothing opens by mistake.
 *  @param schema  the consumers' schema of the composed graph
 *  @source share-rules section 1, reading rules 1 to 7 */
export function buildShareIndex(
  schema: GraphQLSchema,
  subgraphs: readonly SubgraphShares[],
  options: ShareIndexOptions = {},
): { index: ShareIndex; problems: readonly ShareProblem[] } {
  const problems: ShareProblem[] = subgraphs.flatMap((shares) => [...shares.problems]);
  const statements = new Map<string, FieldStatement[]>();
  for (const field of subgraphs.flatMap((shares) => shares.fields)) {
    const list = statements.get(field.coordinate);
    if (list) list.push(field);
    else statements.set(field.coordinate, [field]);
  }
  const open = options.uncatalogued === 'unconditional';
  const drafts = new Map<string, Draft>();
  const reachable = reachableTypes(schema);

  const draftOf = (at: Coordinate): Draft => {
    const known = drafts.get(at);
    if (known) return known;
    const all = (statements.get(at) ?? []).filter((statement) => !statement.external);
    const strong = all.filter((statement) => statement.own !== undefined || !statement.key);
    const stating = (strong.some((s) => (s.own ?? s.inherited) !== undefined) ? strong : all).filter(
      (statement) => (statement.own ?? statement.inherited) !== undefined,
    );
    const draft: Draft = {
      coordinate: at,
      statements: stating.length > 0 ? stating : all,
      ownType: stating.map((statement) => (statement.own ?? statement.inherited)!).reduce(stricter, 'UNCONDITIONAL'),
      needs: new Set(),
    };
    drafts.set(at, draft);
    const kinds = new Set(stating.map((statement) => statement.own ?? statement.inherited));
    if (kinds.size > 1) {
      problems.push({
        code: 'SHARE_TYPES_DIFFER',
        severity: 'warning',
        subgraph: stating.map((statement) => statement.subgraph).join(', '),
        coordinate: at,
        message: `${at} has different share types in ${stating.map((s) => `${s.subgraph} (${s.own ?? s.inherited})`).join(' and ')}; the strictest, ${draft.ownType}, counts.`,
      });
    }
    return draft;
  };

  // Every output field that a root reaches, and whatever those fields require.
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || !(isObjectType(type) || isInterfaceType(type))) continue;
    for (const field of Object.values(type.getFields())) draftOf(coordinate(type.name, field.name));
  }
  const requirements = requiredCoordinates(schema, subgraphs);
  for (const [at, required] of requirements) for (const other of [at, ...required]) draftOf(other);

  for (const draft of [...drafts.values()]) linkNeeds(draft);

  function linkNeeds(draft: Draft): void {
    const { type: typeName, field: fieldName } = parseCoordinate(draft.coordinate);
    const type = schema.getType(typeName);
    if (isInterfaceType(type)) {
      const owners = schema.getPossibleTypes(type).filter((possible) => possible.getFields()[fieldName]);
      const isFacade = draft.statements.some((statement) => statement.interfaceObject);
      for (const owner of owners) {
        const implementation = draftOf(coordinate(owner.name, fieldName));
        if (isFacade && implementation.statements.length === 0) implementation.needs.add(draft.coordinate);
        else {
          implementation.ownType = stricter(implementation.ownType, draft.ownType);
          draft.needs.add(implementation.coordinate);
        }
      }
      if (draft.needs.size > 0) draft.ownType = 'UNCONDITIONAL';
    }
    for (const required of requirements.get(draft.coordinate) ?? []) {
      const consented = (statements.get(required) ?? []).some(
        (statement) => !statement.external && statement.derivableInto.includes(draft.coordinate),
      );
      if (!consented) draft.needs.add(required);
    }
    const named = fieldType(schema, typeName, fieldName);
    if (isEnumType(named)) {
      for (const shares of subgraphs)
        for (const value of shares.enumValues.keys())
          if (parseCoordinate(value).type === named.name) draft.needs.add(value);
    }
  }

  // What nobody catalogued is restricted before anything that needs it is looked at.
  const uncatalogued = new Set<Draft>();
  for (const draft of drafts.values()) {
    const stated = draft.statements.some((statement) => (statement.own ?? statement.inherited) !== undefined);
    if (stated || draft.needs.size > 0 || open) continue;
    draft.ownType = 'NOT_SHARED';
    uncatalogued.add(draft);
  }

  const extras = new Map<
    Coordinate,
    { shareType: ShareType; provider: string; subgraph: string; basis: readonly string[]; condition?: string }
  >();
  const inputs = new Map<Coordinate, Coordinate[]>();
  for (const shares of subgraphs) {
    for (const [value, statement] of shares.enumValues) {
      extras.set(value, { ...statement, subgraph: shares.subgraph });
      inputs.set(value, [value]);
    }
    for (const [at, statement] of shares.inputs) {
      const reads = [...(inputs.get(at) ?? []), ...(statement.filters as Coordinate[])];
      if (statement.share) {
        extras.set(at, { ...statement.share, provider: statement.provider, subgraph: shares.subgraph });
        reads.push(at);
      }
      inputs.set(at, reads);
    }
  }

  const resources = subgraphs.flatMap((shares) => [...shares.resources]);
  const items: ShareItem[] = [];
  const push = (item: Omit<ShareItem, 'index'>) => items.push({ ...item, index: items.length });
  for (const draft of drafts.values()) {
    const { type: typeName, field: fieldName } = parseCoordinate(draft.coordinate);
    const main = strictestStatement(draft.statements);
    const needs = closure(draft.coordinate, (at) => drafts.get(at)?.needs ?? []);
    if (uncatalogued.has(draft)) {
      if (reachable.has(typeName) || !schema.getType(typeName)) {
        problems.push({
          code: 'SHARE_TYPE_MISSING',
          severity: 'error',
          subgraph: main?.subgraph ?? subgraphs.map((shares) => shares.subgraph).join(', '),
          coordinate: draft.coordinate,
          message: `${draft.coordinate} has no share type. Put @share(type: …) on the field or on ${typeName}.`,
        });
      }
    }
    const filters: Record<string, Coordinate[]> = Object.create(null) as Record<string, Coordinate[]>;
    for (const statement of statements.get(draft.coordinate) ?? []) {
      for (const input of statement.arguments) {
        const reads = (filters[input.name] ??= []);
        reads.push(...(input.filters as Coordinate[]));
        if (input.share) {
          const at: Coordinate = `${draft.coordinate}(${input.name}:)`;
          extras.set(at, { ...input.share, provider: statement.provider, subgraph: statement.subgraph });
          reads.push(at);
        }
      }
    }
    const scoped = main && subgraphs.find((shares) => shares.subgraph === main.subgraph)?.scopes.get(typeName);
    push({
      coordinate: draft.coordinate,
      subgraph: main?.subgraph ?? '',
      provider: main?.provider ?? '',
      resource: resourceOf(resources, typeName, main?.subgraph),
      title: main?.title ?? fieldName,
      ownType: draft.ownType,
      shareType: needs
        .map((at) => drafts.get(at)?.ownType ?? extras.get(at)?.shareType ?? 'NOT_SHARED')
        .reduce(stricter, draft.ownType),
      basis: main?.basis ?? [],
      condition: main?.condition,
      basic: draft.statements.some((statement) => statement.basic),
      needs,
      mask: draft.statements.find((statement) => statement.mask)?.mask,
      scopeBy: scoped,
      subject: (statements.get(draft.coordinate) ?? []).find((statement) => statement.subject)?.subject,
      verifiable: draft.statements.some((statement) => statement.verifiable),
      filters,
    });
  }
  for (const [at, extra] of extras) {
    push({
      coordinate: at,
      subgraph: extra.subgraph,
      provider: extra.provider,
      title: at,
      ownType: extra.shareType,
      shareType: extra.shareType,
      basis: extra.basis,
      condition: extra.condition,
      basic: false,
      needs: [],
      verifiable: false,
      filters: {},
    });
  }
  const byCoordinate = new Map(items.map((item) => [item.coordinate as string, item]));
  problems.push(
    ...checkStatements(
      { items, byCoordinate, statements, inputs, subgraphs, schema },
      options.rules ?? DEFAULT_CATALOGUE_RULES,
    ),
  );
  const version = createHash('sha256')
    .update(JSON.stringify([items, [...inputs]]))
    .digest('hex')
    .slice(0, 16);
  return { index: { version, items, byCoordinate, resources, inputs }, problems };
}

function strictestStatement(statements: readonly FieldStatement[]): FieldStatement | undefined {
  return statements.reduce<FieldStatement | undefined>((best, next) => {
    const [a, b] = [best && (best.own ?? best.inherited), next.own ?? next.inherited];
    if (!best || !a) return best && !b ? best : next;
    return b && b !== a && stricter(a, b) === b ? next : best;
  }, undefined);
}

function resourceOf(resources: readonly Resource[], type: string, subgraph: string | undefined): Resource | undefined {
  return (
    resources.find((resource) => resource.type === type && resource.subgraph === subgraph) ??
    resources.find((resource) => resource.type === type)
  );
}

/** Everything reachable from `start`, without itself unless a cycle leads back. */
function closure(start: Coordinate, next: (at: Coordinate) => Iterable<Coordinate>): Coordinate[] {
  const seen = new Set<Coordinate>();
  const queue = [...next(start)];
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    queue.push(...next(at));
  }
  seen.delete(start);
  return [...seen];
}

function fieldType(schema: GraphQLSchema, typeName: string, fieldName: string): GraphQLNamedType | undefined {
  const type = schema.getType(typeName);
  const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[fieldName] : undefined;
  return field && getNamedType(field.type);
}

function reachableTypes(schema: GraphQLSchema): Set<string> {
  const seen = new Set<string>();
  const queue: GraphQLNamedType[] = [
    schema.getQueryType(),
    schema.getMutationType(),
    schema.getSubscriptionType(),
  ].filter((type) => type != null);
  for (let type = queue.pop(); type; type = queue.pop()) {
    if (seen.has(type.name)) continue;
    seen.add(type.name);
    if (isObjectType(type) || isInterfaceType(type)) {
      queue.push(...Object.values(type.getFields()).map((field) => getNamedType(field.type)), ...type.getInterfaces());
    }
    if (isInterfaceType(type) || isUnionType(type)) queue.push(...schema.getPossibleTypes(type));
  }
  return seen;
}
