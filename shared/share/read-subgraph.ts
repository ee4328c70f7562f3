import {
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql';
import {
  coordinate,
  MASKS,
  SHARE_TYPES,
  stricter,
  type Coordinate,
  type Mask,
  type ShareType,
} from '../kernel/index.js';
import type { Resource, ShareProblem } from './share-index.js';
import { argument, readShareNames, schemaLinks, type ShareDirective, type ShareNames } from './share-spec.js';

/** What one subgraph's SDL says of one output field. */
export interface FieldStatement {
  readonly coordinate: Coordinate;
  readonly subgraph: string;
  readonly provider: string;
  readonly title: string;
  /** Share type stated on the field itself. */
  readonly own?: ShareType;
  /** Share type stated on its type. */
  readonly inherited?: ShareType;
  readonly basis: readonly string[];
  readonly condition?: string;
  readonly basic: boolean;
  readonly mask?: Mask;
  readonly subject?: 'PERSON' | 'ORGANISATION';
  readonly verifiable: boolean;
  readonly derivableInto: readonly string[];
  readonly copyOf?: string;
  /** Field set of `@requires`. */
  readonly requires?: string;
  readonly overrides?: string;
  /** The subgraph mentions the field without resolving it. */
  readonly external: boolean;
  readonly key: boolean;
  readonly interfaceObject: boolean;
  readonly arguments: readonly InputStatement[];
}
/** What it says of one argument or input field. */
export interface InputStatement {
  readonly name: string;
  readonly filters: readonly string[];
  readonly share?: ShareStatement;
}
export interface ShareStatement {
  readonly shareType: ShareType;
  readonly basis: readonly string[];
  readonly condition?: string;
  readonly provider?: string;
}

/** Everything one subgraph says of sharing. */
export interface SubgraphShares {
  readonly subgraph: string;
  readonly resources: readonly Resource[];
  readonly fields: readonly FieldStatement[];
  /** By `InputType.field`. */
  readonly inputs: ReadonlyMap<Coordinate, InputStatement & { readonly provider: string }>;
  /** Restricted enum values, `Enum.VALUE`. */
  readonly enumValues: ReadonlyMap<Coordinate, ShareStatement & { readonly provider: string }>;
  /** Types whose rows can be narrowed, with what by. */
  readonly scopes: ReadonlyMap<string, string>;
  readonly problems: readonly ShareProblem[];
}

type TypeNode = TypeDefinitionNode | TypeExtensionNode;

/** Reads one subgraph's own SDL, where the provider said it; the composed supergraph would have lost it.
 *  Bad statements are reported as problems, never skipped in silence. @source share-rules section 1 */
export function readSubgraphShares(subgraph: string, document: DocumentNode): SubgraphShares {
  const { names, problems: linkProblems } = readShareNames(document, subgraph);
  const problems: ShareProblem[] = [...linkProblems];
  const reader = new StatementReader(subgraph, names, problems);
  const types = groupByName(document);
  const federation = federationNames(document);
  const resources: Resource[] = [];
  for (const [type, nodes] of types) {
    const resource = reader.resource(type, nodes);
    if (resource) resources.push(resource);
  }
  const providers = new Set(resources.map((resource) => resource.provider));
  const ownProvider = providers.size === 1 ? [...providers][0]! : subgraph;
  const fields: FieldStatement[] = [];
  const inputs = new Map<Coordinate, InputStatement & { provider: string }>();
  const enumValues = new Map<Coordinate, ShareStatement & { provider: string }>();
  const scopes = new Map<string, string>();

  for (const [type, nodes] of types) {
    const inherited = nodes.map((node) => reader.share(node, type)).reduce(mergeShares, undefined);
    const provider =
      inherited?.provider ?? resources.find((resource) => resource.type === type)?.provider ?? ownProvider;
    const has = (node: { directives?: readonly ConstDirectiveNode[] }, name: string) =>
      node.directives?.find((directive) => federation.get(directive.name.value) === name);
    const keys = nodes.flatMap((node) =>
      (node.directives ?? [])
        .filter((directive) => federation.get(directive.name.value) === 'key')
        .flatMap((directive) => rootNames(textArgument(directive, 'fields') ?? '')),
    );
    const interfaceObject = nodes.some((node) => has(node, 'interfaceObject'));
    const externalType = nodes.some((node) => has(node, 'external'));
    for (const node of nodes) {
      if (node.kind === Kind.ENUM_TYPE_DEFINITION || node.kind === Kind.ENUM_TYPE_EXTENSION) {
        for (const value of node.values ?? []) {
          const share = reader.share(value, `${type}.${value.name.value}`);
          if (share)
            enumValues.set(coordinate(type, value.name.value), { ...share, provider: share.provider ?? ownProvider });
        }
      } else if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION) {
        for (const field of node.fields ?? []) {
          const statement = reader.input(field, `${type}.${field.name.value}`);
          if (statement) inputs.set(coordinate(type, field.name.value), { ...statement, provider: ownProvider });
        }
      } else if ('fields' in node && isOutput(node)) {
        for (const field of node.fields ?? []) {
          const at = coordinate(type, field.name.value);
          const share = reader.share(field, at);
          const scope = reader.text(field, 'scope', 'by', at);
          if (scope) scopes.set(type, scope);
          fields.push({
            coordinate: at,
            subgraph,
            provider: share?.provider ?? provider,
            title: field.description?.value.split('\n')[0]?.trim() || field.name.value,
            own: share?.shareType,
            inherited: inherited?.shareType,
            basis: share?.basis ?? inherited?.basis ?? [],
            condition: share?.condition ?? (share ? undefined : inherited?.condition),
            basic: reader.has(field, 'basic'),
            mask: reader.choice(field, 'mask', 'as', MASKS, at),
            subject: reader.choice(field, 'subject', 'kind', ['PERSON', 'ORGANISATION'] as const, at),
            verifiable: reader.has(field, 'verifiable'),
            derivableInto: reader.list(field, 'derivable', 'into'),
            copyOf: reader.text(field, 'copyOf', 'source', at),
            requires: textArgument(has(field, 'requires'), 'fields'),
            overrides: textArgument(has(field, 'override'), 'from'),
            external: externalType || has(field, 'external') !== undefined,
            key: keys.includes(field.name.value),
            interfaceObject,
            arguments: (field.arguments ?? []).flatMap(
              (node) => reader.input(node, `${at}(${node.name.value}:)`) ?? [],
            ),
          });
        }
      }
    }
  }
  return { subgraph, resources, fields, inputs, enumValues, scopes, problems };
}

/** Finds the share directives on a node under whatever name the subgraph gave them. */
class StatementReader {
  constructor(
    private readonly subgraph: string,
    private readonly names: ShareNames,
    private readonly problems: ShareProblem[],
  ) {}

  all(node: { directives?: readonly ConstDirectiveNode[] }, name: ShareDirective): ConstDirectiveNode[] {
    return (node.directives ?? []).filter((directive) => this.names.directives.get(directive.name.value) === name);
  }

  has(node: { directives?: readonly ConstDirectiveNode[] }, name: ShareDirective): boolean {
    return this.all(node, name).length > 0;
  }

  share(node: { directives?: readonly ConstDirectiveNode[] }, at: string): ShareStatement | undefined {
    return this.all(node, 'share')
      .map((directive): ShareStatement => {
        const basis = argument(directive, 'basis');
        return {
          // A statement that cannot be read restricts fully; the problem keeps it from being published.
          shareType: this.pick(directive, 'type', SHARE_TYPES, at) ?? 'NOT_SHARED',
          basis: Array.isArray(basis) ? basis.map(String) : typeof basis === 'string' ? [basis] : [],
          condition: textArgument(directive, 'condition'),
          provider: textArgument(directive, 'provider'),
        };
      })
      .reduce<ShareStatement | undefined>(mergeShares, undefined);
  }

  resource(type: string, nodes: readonly TypeNode[]): Resource | undefined {
    const directive = nodes.flatMap((node) => this.all(node, 'resource'))[0];
    if (!directive) return undefined;
    const text = (name: string) => textArgument(directive, name);
    const code = text('code');
    const name = text('name');
    if (!code || !name) this.problem('RESOURCE_INCOMPLETE', `@resource on ${type} needs a code and a name.`, type);
    return {
      type,
      subgraph: this.subgraph,
      code: code ?? '',
      name: name ?? type,
      provider: text('provider') ?? this.subgraph,
      library: text('library'),
      updateCycle: text('updateCycle'),
      category: text('category'),
    };
  }

  input(node: InputValueDefinitionNode, at: string): InputStatement | undefined {
    const share = this.share(node, at);
    const filters = this.all(node, 'filters').map((directive) => textArgument(directive, 'field') ?? '');
    if (filters.some((field) => !/^[^.\s]+\.[^.\s]+$/.test(field)))
      this.problem('FILTERS_MALFORMED', `@filters on ${at} needs field: "Type.field".`, at);
    return share || filters.length > 0 ? { name: node.name.value, filters, share } : undefined;
  }

  list(node: FieldDefinitionNode, name: ShareDirective, argumentName: string): string[] {
    return this.all(node, name).flatMap((directive) => {
      const value = argument(directive, argumentName);
      return Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
    });
  }

  text(node: FieldDefinitionNode, name: ShareDirective, argumentName: string, at: string): string | undefined {
    const directive = this.all(node, name)[0];
    const value = textArgument(directive, argumentName);
    if (directive && !value) this.problem('STATEMENT_INCOMPLETE', `@${name} on ${at} needs ${argumentName}.`, at);
    return value;
  }

  choice<T extends string>(
    node: FieldDefinitionNode,
    name: ShareDirective,
    argumentName: string,
    allowed: readonly T[],
    at: string,
  ): T | undefined {
    const directive = this.all(node, name)[0];
    return directive && this.pick(directive, argumentName, allowed, at);
  }

  private pick<T extends string>(
    directive: ConstDirectiveNode,
    name: string,
    allowed: readonly T[],
    at: string,
  ): T | undefined {
    const value = argument(directive, name);
    if (allowed.includes(value as T)) return value as T;
    this.problem(
      'STATEMENT_UNREADABLE',
      `@${directive.name.value} on ${at}: ${name} is ${String(value)}, must be one of ${allowed.join(', ')}.`,
      at,
    );
    return undefined;
  }

  private problem(code: string, message: string, at: string): void {
    this.problems.push({ code, severity: 'error', message, subgraph: this.subgraph, coordinate: at });
  }
}

function mergeShares(a: ShareStatement | undefined, b: ShareStatement | undefined): ShareStatement | undefined {
  if (!a || !b) return a ?? b;
  return stricter(a.shareType, b.shareType) === a.shareType ? a : b;
}

function textArgument(directive: ConstDirectiveNode | undefined, name: string): string | undefined {
  const value = directive && argument(directive, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function groupByName(document: DocumentNode): Map<string, TypeNode[]> {
  const types = new Map<string, TypeNode[]>();
  for (const definition of document.definitions) {
    if (!('name' in definition) || !definition.name || !/Type(Definition|Extension)$/.test(definition.kind)) continue;
    const nodes = types.get(definition.name.value);
    if (nodes) nodes.push(definition as TypeNode);
    else types.set(definition.name.value, [definition as TypeNode]);
  }
  return types;
}

const isOutput = (node: TypeNode): boolean =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION ||
  node.kind === Kind.OBJECT_TYPE_EXTENSION ||
  node.kind === Kind.INTERFACE_TYPE_DEFINITION ||
  node.kind === Kind.INTERFACE_TYPE_EXTENSION;

/** Names at the top of a field set: `id owner { id }` → id, owner. */
function rootNames(fields: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const token of fields.match(/[{}]|[A-Za-z_]\w*/g) ?? []) {
    if (token === '{') depth++;
    else if (token === '}') depth--;
    else if (depth === 0) names.push(token);
  }
  return names;
}

/** Local names of the federation directives that matter here, under whatever name they were imported. */
function federationNames(document: DocumentNode): Map<string, string> {
  const wanted = ['key', 'external', 'requires', 'override', 'interfaceObject', 'shareable', 'provides'];
  const names = new Map(
    wanted.flatMap(
      (name) =>
        [
          [name, name],
          [`federation__${name}`, name],
        ] as [string, string][],
    ),
  );
  for (const link of schemaLinks(document)) {
    if (!String(argument(link, 'url')).includes('specs.apollo.dev/federation/')) continue;
    const as = argument(link, 'as');
    if (typeof as === 'string') for (const name of wanted) names.set(`${as}__${name}`, name);
    const imports = argument(link, 'import');
    for (const entry of Array.isArray(imports) ? imports : []) {
      const { name, as: local } =
        typeof entry === 'string' ? { name: entry, as: entry } : (entry as { name: string; as: string });
      if (typeof name === 'string' && typeof local === 'string' && name !== local) {
        names.delete(name.replace(/^@/, ''));
        names.set(local.replace(/^@/, ''), name.replace(/^@/, ''));
      }
    }
  }
  return names;
}
