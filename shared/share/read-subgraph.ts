import { Kind, type ConstDirectiveNode, type DocumentNode, type SelectionSetNode } from 'graphql';
import { coordinate, MASKS, type Coordinate } from '../kernel/index.js';
import { findClaimProblems } from './claims/claim-problems.js';
import { checkDirectiveUses } from './directive-uses.js';
import { federationNames, type FederationDirective } from './federation-names.js';
import { parseFieldSet } from './field-set.js';
import { findKeyProblems } from './key-problems.js';
import { findLimitProblems } from './limit-problems.js';
import type { InputUse, Resource, ShareProblem } from './share-index.js';
import { argument, readShareNames } from './share-spec.js';
import { mergeShares, StatementReader, textArgument } from './statement-reader.js';
import type {
  FieldStatement,
  InputStatement,
  KeyStatement,
  ProviderStatement,
  RowScope,
  ShareStatement,
  SubgraphShares,
} from './statements.js';
import { isOutput, namedType, typesByName } from './types-by-name.js';
import { checkCarriedOut } from './unsupported-directives.js';

/** Reads one subgraph's own SDL, where the provider said it; the composed supergraph would have lost it.
 *  Bad statements are reported as problems, never skipped in silence. @source share-rules section 1 */
export function readSubgraphShares(subgraph: string, document: DocumentNode): SubgraphShares {
  const { names, problems: linkProblems } = readShareNames(document, subgraph);
  const problems: ShareProblem[] = [
    ...linkProblems,
    ...checkDirectiveUses(subgraph, document, names),
    ...checkCarriedOut(subgraph, document),
    ...findKeyProblems(subgraph, document),
    ...[...findLimitProblems(subgraph, document), ...findClaimProblems(subgraph, document)].map(
      ({ at, ...problem }): ShareProblem => ({
        ...problem,
        severity: 'error',
        subgraph,
        coordinate: at,
      }),
    ),
  ];
  const providersNamed: ProviderStatement[] = [];
  const reader = new StatementReader(subgraph, names, problems, providersNamed);
  const types = typesByName(document);
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
  const valueUses = new Map<Coordinate, readonly InputUse[]>();
  const scopes = new Map<string, RowScope>();
  const implementations = new Map<string, string[]>();
  const unions = new Map<string, string[]>();
  const keys: KeyStatement[] = [];
  const has = (node: { directives?: readonly ConstDirectiveNode[] }, name: FederationDirective) =>
    node.directives?.find((directive) => federation.get(directive.name.value) === name);

  for (const [type, nodes] of types) {
    const inherited = nodes.map((node) => reader.share(node, type)).reduce(mergeShares, undefined);
    const provider =
      inherited?.provider ?? resources.find((resource) => resource.type === type)?.provider ?? ownProvider;
    const ownKeys = nodes.flatMap((node) =>
      (node.directives ?? [])
        .filter((directive) => federation.get(directive.name.value) === 'key')
        .map((directive): KeyStatement => {
          const fields = fieldSetOf(directive, type);
          return { type, fields, resolvable: argument(directive, 'resolvable') !== false };
        }),
    );
    keys.push(...ownKeys);
    const keyNames = new Set(ownKeys.flatMap(({ fields }) => topNames(parseFieldSet(fields))));
    const shareableType = nodes.some((node) => has(node, 'shareable'));
    const interfaceObject = nodes.some((node) => has(node, 'interfaceObject'));
    for (const node of nodes) {
      const externalType = has(node, 'external') !== undefined;
      const abstract = node.kind === Kind.INTERFACE_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_EXTENSION;
      if (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.OBJECT_TYPE_EXTENSION) {
        for (const { name } of node.interfaces ?? [])
          implementations.set(name.value, [...(implementations.get(name.value) ?? []), type]);
      }
      if (node.kind === Kind.UNION_TYPE_DEFINITION || node.kind === Kind.UNION_TYPE_EXTENSION)
        unions.set(type, [...(unions.get(type) ?? []), ...(node.types ?? []).map(({ name }) => name.value)]);
      if (node.kind === Kind.ENUM_TYPE_DEFINITION || node.kind === Kind.ENUM_TYPE_EXTENSION) {
        for (const value of node.values ?? []) {
          const at = coordinate(type, value.name.value);
          const share = reader.share(value, at);
          if (share) enumValues.set(at, { ...share, provider: share.provider ?? ownProvider });
          const uses = reader.uses(value, at);
          if (uses.length > 0) valueUses.set(at, uses);
        }
      } else if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION || node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION) {
        for (const field of node.fields ?? []) {
          const statement = reader.input(field, `${type}.${field.name.value}`);
          if (statement) inputs.set(coordinate(type, field.name.value), { ...statement, provider: ownProvider });
        }
      } else if (isOutput(node)) {
        for (const field of node.fields ?? []) {
          const at = coordinate(type, field.name.value);
          const share = reader.share(field, at);
          const scope = reader.choice(field, 'scope', 'by', ['division'], at);
          const path = scope && divisionPath(field.name.value, namedType(field.type));
          if (path !== undefined) scopes.set(type, { by: scope!, path });
          fields.push({
            coordinate: at,
            subgraph,
            provider: share?.provider ?? provider,
            returns: namedType(field.type),
            title: field.description?.value.split('\n')[0]?.trim() || field.name.value,
            own: share?.shareType,
            inherited: inherited?.shareType,
            basis: share?.basis ?? inherited?.basis ?? [],
            condition: share?.condition ?? (share ? undefined : inherited?.condition),
            basic: reader.has(field, 'basic'),
            mask: reader.choice(field, 'mask', 'as', MASKS, at),
            subject: reader.choice(field, 'subject', 'kind', ['PERSON', 'ORGANISATION'] as const, at),
            verifiable: reader.has(field, 'verifiable'),
            dimension: reader.has(field, 'dimension'),
            measure: reader.has(field, 'measure'),
            derivableInto: reader.list(field, 'derivable', 'into'),
            copyOf: reader.text(field, 'copyOf', 'source', at),
            requires: optionalFieldSet(has(field, 'requires'), at),
            provides: optionalFieldSet(has(field, 'provides'), at),
            shareable: shareableType || has(field, 'shareable') !== undefined,
            overrides: textArgument(has(field, 'override'), 'from'),
            overridesInPart: textArgument(has(field, 'override'), 'label') !== undefined,
            external: externalType || has(field, 'external') !== undefined,
            key: keyNames.has(field.name.value),
            interfaceObject,
            abstract,
            arguments: (field.arguments ?? []).flatMap(
              (node) => reader.input(node, `${at}(${node.name.value}:)`) ?? [],
            ),
          });
        }
      }
    }
  }
  return {
    subgraph,
    resources,
    fields,
    keys,
    providers: providersNamed,
    inputs,
    enumValues,
    valueUses,
    scopes,
    implementations,
    unions,
    problems,
  };

  /** Refuses a field set that cannot be read: nobody could see what the hub would send for it. */
  function fieldSetOf(directive: ConstDirectiveNode, at: string): string {
    const fields = textArgument(directive, 'fields') ?? '';
    if (!parseFieldSet(fields))
      problems.push({
        code: 'FIELD_SET_UNREADABLE',
        severity: 'error',
        message: `@${directive.name.value} on ${at} has no field set that can be read.`,
        subgraph,
        coordinate: at,
      });
    return fields;
  }

  function optionalFieldSet(directive: ConstDirectiveNode | undefined, at: string): string | undefined {
    return directive && fieldSetOf(directive, at);
  }

  /** Path from a row to its division code: the field itself, or the key of the record that it refers to.
   *  @returns  undefined where that has no key of one field, so that rows cannot be narrowed by it */
  function divisionPath(field: string, returns: string): string | undefined {
    const nodes = (types.get(returns) ?? []).filter(isOutput);
    if (nodes.length === 0) return field;
    const key = nodes
      .flatMap((node) => node.directives ?? [])
      .filter((directive) => federation.get(directive.name.value) === 'key')
      .map((directive) => textArgument(directive, 'fields')?.trim() ?? '')
      .find((fields) => /^\w+$/.test(fields));
    return key === undefined ? undefined : `${field}.${key}`;
  }
}

/** Names at the top of a field set, also in fragments there: `id owner { id }` → id, owner. */
const topNames = (set: SelectionSetNode | undefined): string[] =>
  (set?.selections ?? []).flatMap((selection) =>
    selection.kind === Kind.FIELD
      ? [selection.name.value]
      : selection.kind === Kind.INLINE_FRAGMENT
        ? topNames(selection.selectionSet)
        : [],
  );
