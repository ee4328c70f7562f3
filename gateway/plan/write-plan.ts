import { print, visit, type VariableDefinitionNode } from 'graphql';
import type { FederatedSchema, Key } from './federated-schema.js';
import type { GroupBuilder } from './build-groups.js';
import { levelsOf, type Entry, type FetchGroup } from './fetch-group.js';
import { listInternal } from './internal-parts.js';
import type { EntityCallNode, InternalPart, PlanNode, RequiresSelection } from './query-plan.js';
import type { Item, Selections } from './selection.js';

/** One `_entities` call: a group, or several for types of one place. */
interface Call {
  readonly first: FetchGroup;
  readonly groups: FetchGroup[];
}

/** One request to a subgraph. */
interface Request {
  readonly graph: string;
  readonly calls: readonly Call[];
}

/** Writes groups as a plan. Groups for one subgraph that are ready at the same depth share a request.
 *  @param variables  definitions of the operation's variables */
export function writePlan(
  schema: FederatedSchema,
  { groups, refusals }: Pick<GroupBuilder, 'groups' | 'refusals'>,
  kind: 'query' | 'mutation',
  variables: readonly VariableDefinitionNode[],
): PlanNode | undefined {
  const requests = groupRequests(groups);
  const indexOf = new Map<FetchGroup, number>();
  requests.forEach((request, index) =>
    request.calls.forEach((call) => call.groups.forEach((group) => indexOf.set(group, index))),
  );
  const writer = new RequestWriter(schema, kind, variables);
  const steps: { node: PlanNode; after: number[] }[] = requests.map((request, index) => {
    const parents = request.calls.flatMap(({ groups }) => groups.flatMap((group) => [...group.parents]));
    const after = new Set(parents.map((parent) => indexOf.get(parent)!));
    after.delete(index);
    return { node: writer.write(request), after: [...after].sort((a, b) => a - b) };
  });
  for (const { group, path, keys, release } of refusals)
    steps.push({ node: { kind: 'Refuse', path, keys, release }, after: [indexOf.get(group)!] });
  return steps.length <= 1 ? steps[0]?.node : { kind: 'Steps', steps };
}

function groupRequests(groups: readonly FetchGroup[]): Request[] {
  const levels = levelsOf(groups);
  const requests = new Map<string, { readonly level: number; readonly graph: string; readonly calls: Call[] }>();
  const callsAt = new Map<string, Call[]>();
  for (const group of groups) {
    const level = levels.get(group)!;
    const path = JSON.stringify(group.path);
    const key = group.entry ? `${level} ${group.graph}` : `root ${level} ${group.graph} ${path}`;
    const { graph } = group;
    const { calls } = requests.get(key) ?? requests.set(key, { level, graph, calls: [] }).get(key)!;
    const here = callsAt.get(`${path} ${key}`) ?? callsAt.set(`${path} ${key}`, []).get(`${path} ${key}`)!;
    const call = here.find((each) => canShareCall(each, group));
    if (call) {
      call.groups.push(group);
      continue;
    }
    const added: Call = { first: group, groups: [group] };
    here.push(added);
    calls.push(added);
  }
  return [...requests.values()].sort((a, b) => a.level - b.level);
}

/** Objects of different types at one place, to one subgraph, are asked for in one call, where each gets what is asked for its type only. */
function canShareCall({ groups, first }: Call, group: FetchGroup): boolean {
  if (!group.entry || !first.entry) return false;
  if (groups.some(({ entry }) => entry!.type === group.entry!.type)) return false;
  const isOwn = (each: FetchGroup) => each.type === each.entry!.type;
  if (groups.every(isOwn) && isOwn(group)) return true;
  const text = group.set.write(() => undefined);
  return groups.every((each) => each.type === group.type && each.set.write(() => undefined) === text);
}

class RequestWriter {
  constructor(
    private readonly schema: FederatedSchema,
    private readonly kind: 'query' | 'mutation',
    private readonly variables: readonly VariableDefinitionNode[],
  ) {}

  write({ graph, calls }: Request): PlanNode {
    const used = new Set<string>();
    const use = ({ args }: Item): void => {
      for (const each of args) visit(each, { Variable: ({ name }) => void used.add(name.value) });
    };
    const serviceName = this.schema.subgraphs.get(graph) ?? graph;
    const [only] = calls;
    if (!only!.first.entry) {
      const { path, set } = only!.first;
      // The root type below a payload is asked for by a query of its own, also in a mutation.
      const operationKind = path.length === 0 ? this.kind : 'query';
      const body = set.write(use);
      const operation = `${operationKind}${this.head([], used)}${body}`;
      const fetch = { serviceName, operationKind, operation, variableUsages: [...used] } as const;
      const node = { kind: 'Fetch', ...fetch, ...unlessEmpty(listInternal([set])) } as const;
      return path.length === 0 ? node : { kind: 'Flatten', path, node };
    }
    const nodes = calls.map((call, index) => this.call(call, calls.length === 1 ? undefined : index));
    const texts = calls.map((call, index) => {
      const { alias, representationsVariableName } = nodes[index]!;
      const name = alias === '_entities' ? '' : `${alias}:`;
      return `${name}_entities(representations:$${representationsVariableName})${writeFragments(call, use)}`;
    });
    const operation = `query${this.head(nodes, used)}{${texts.join(' ')}}`;
    const internal = calls.flatMap(({ groups }, index) =>
      [...Map.groupBy(groups, ({ type }) => type)].flatMap(([type, own]) => {
        const sets = own.map(({ set }) => set);
        return listInternal(sets, [nodes[index]!.alias, `...${type}`]);
      }),
    );
    const text = { serviceName, operationKind: 'query', operation, variableUsages: [...used] } as const;
    const fetch = { ...text, ...unlessEmpty(internal) };
    if (nodes.length > 1) return { kind: 'BatchFetch', ...fetch, entityBatch: { aliases: nodes } };
    const [{ paths, requires, sentAs, decidesType }] = nodes as [EntityCallNode];
    return {
      kind: 'Flatten',
      path: paths[0]!,
      node: { kind: 'Fetch', ...fetch, requires, sentAs, decidesType },
    };
  }

  private call({ first, groups }: Call, index: number | undefined): EntityCallNode {
    const requires = groups.map(({ entry }) => writeRequires(entry!));
    // An interface is asked for under its own name, whatever the type of the object.
    const renamed = groups.some(({ type, entry }) => type !== entry!.type || this.isAbstract(type));
    return {
      alias: index === undefined ? '_entities' : `_e${index}`,
      representationsVariableName: index === undefined ? 'representations' : `__batch_reps_${index}`,
      paths: [first.path],
      requires,
      ...(renamed && { sentAs: first.type }),
      ...(groups.some(({ decidesType }) => decidesType) && { decidesType: true }),
    };
  }

  private isAbstract(type: string): boolean {
    return this.schema.types.get(type)?.kind !== 'object';
  }

  private head(calls: readonly EntityCallNode[], used: ReadonlySet<string>): string {
    const own = calls.map(({ representationsVariableName: name }) => `$${name}:[_Any!]!`);
    const given = this.variables.filter(({ variable }) => used.has(variable.name.value)).map((each) => print(each));
    const all = [...own, ...given];
    return all.length > 0 ? `(${all.join(',')})` : '';
  }
}

const unlessEmpty = (internal: readonly InternalPart[]) => (internal.length > 0 ? { internal } : {});

function writeFragments({ groups }: Call, use: (item: Item) => void): string {
  const fragments = new Map(groups.map(({ type, set }) => [type, set]));
  return `{${[...fragments].map(([type, set]) => `...on ${type}${set.write(use)}`).join(' ')}}`;
}

function writeRequires({ type, key, inputs }: Entry): RequiresSelection {
  return {
    kind: 'InlineFragment',
    typeCondition: type,
    selections: [...writeKey(key), ...toRequires(inputs?.selections ?? [])],
  };
}

/** A key as it is sent. */
export const writeKey = ({ selections }: Key): RequiresSelection[] =>
  toRequires(selections).map((part) => (part.kind === 'Field' ? { ...part, key: true as const } : part));

function toRequires(selections: Selections): RequiresSelection[] {
  return selections.map((each): RequiresSelection => {
    if (each.kind === 'fragment') {
      const below = toRequires(each.selections);
      return { kind: 'InlineFragment', typeCondition: each.on ?? '', selections: below };
    }
    return {
      kind: 'Field',
      name: each.key,
      ...(each.key !== each.name && { alias: each.name }),
      ...(each.selections && { selections: toRequires(each.selections) }),
    };
  });
}
