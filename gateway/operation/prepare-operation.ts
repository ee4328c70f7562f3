import { createHash } from 'node:crypto';
import {
  Kind,
  OperationTypeNode,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { HubError, type Sentence } from '../../shared/kernel/index.js';
import { MOST_CLAIM_ROWS } from '../../shared/share/claims/claim-names.js';
import { locateFields, parseDocument, validateDocument, withoutTokens } from './check-document.js';
import { findClaimRows, NO_CLAIMS, textWithoutClaims, type ClaimArguments } from './claims-in-text.js';
import { compileCost } from './cost.js';
import { expand } from './expand.js';
import {
  compileNamedSubjects,
  compileNormalisation,
  NO_IDENTIFIERS,
  type Identifiers,
} from './identifier-arguments.js';
import { aliasPrefix } from './internal-names.js';
import type { OperationLimits } from './limits.js';
import { findListVariables } from './list-elements.js';
import { measure } from './measure.js';
import type { PreparedOperation } from '../request/operation.js';
import { isIntrospection, type Selection } from '../request/selection.js';
import { compileVariables } from './variables.js';
import { say } from '../request/messages/index.js';

/** Text in, checked and normalised operation out. Answers in well under a second whatever the text.
 *  @throws HubError GRAPHQL_PARSE_FAILED, GRAPHQL_VALIDATION_FAILED, OPERATION_UNRESOLVED, OPERATION_UNSUPPORTED,
 *          OPERATION_TOO_DEEP, OPERATION_TOO_LARGE, OPERATION_TOO_COSTLY */
export function prepareOperation(
  schema: GraphQLSchema,
  text: string,
  operationName: string | undefined,
  limits: OperationLimits,
  identifiers: Identifiers = NO_IDENTIFIERS,
  claims: ClaimArguments = NO_CLAIMS,
): PreparedOperation {
  const located = parseDocument(text, limits);
  const asked = resolve(located, operationName);
  measure(located, limits);
  refuseUnsupported(schema, located, asked);
  validateDocument(schema, located, limits);
  const document = withoutTokens(text);
  const definition = resolve(document, operationName);
  const fragments = fragmentsOf(document);
  const prefix = prefixOf(schema);
  const { selections, sites, conditions } = expand(
    schema,
    definition,
    fragments,
    prefix,
    identifiers,
    locateFields(located, document),
  );
  const lists = findListVariables(schema, definition);
  const claimRows = findClaimRows(sites, claims);
  const coerceVariables = compileVariables(schema, definition, lists, (variable) =>
    claimRows.has(variable) ? Math.max(limits.listItems, MOST_CLAIM_ROWS) : limits.listItems,
  );
  const normalise = compileNormalisation(sites, identifiers);
  const checkCost = compileCost(selections, lists, limits);
  const id = hashOf(text, operationName);
  const withoutClaims = textWithoutClaims(document, sites, claims);
  return {
    id,
    recordedId: withoutClaims === undefined ? id : hashOf(withoutClaims, operationName),
    textHash: createHash('sha256').update(text).digest('hex'),
    name: definition.name?.value,
    kind: definition.operation === OperationTypeNode.MUTATION ? 'mutation' : 'query',
    document,
    schema,
    sites,
    introspection: asksIntrospection(selections),
    introspectionOnly: sites.length === 0 && asksIntrospection(selections),
    definition,
    fragments,
    selections,
    conditions,
    prefix,
    coerce: (given) => {
      const variables = coerceVariables(given);
      checkCost(variables);
      return normalise(variables);
    },
    namedSubjects: compileNamedSubjects(sites, identifiers),
  };
}

const hashOf = (text: string, operationName = ''): string =>
  createHash('sha256').update(text).update('\0').update(operationName).digest('hex');

const prefixes = new WeakMap<GraphQLSchema, string>();
function prefixOf(schema: GraphQLSchema): string {
  let prefix = prefixes.get(schema);
  if (prefix === undefined) prefixes.set(schema, (prefix = aliasPrefix(schema)));
  return prefix;
}

function resolve(document: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  if (name !== undefined) {
    const named = operations.find((operation) => operation.name?.value === name);
    if (!named) throw new HubError('OPERATION_UNRESOLVED', say('operation.noneOfName'));
    return named;
  }
  if (operations.length === 0) throw new HubError('OPERATION_UNRESOLVED', say('operation.none'));
  if (operations.length > 1) {
    throw new HubError('OPERATION_UNRESOLVED', say('operation.several'));
  }
  return operations[0]!;
}

function refuseUnsupported(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): void {
  if (operation.operation === OperationTypeNode.SUBSCRIPTION) throw unsupported(say('operation.subscriptions'));
  if (!schema.getRootType(operation.operation))
    throw unsupported(say('operation.noRoot', { kind: operation.operation }));
  visit(document, {
    Directive({ name }) {
      if (name.value === 'defer' || name.value === 'stream')
        throw unsupported(say('operation.directive', { name: name.value }));
    },
  });
}

const unsupported = (message: Sentence) => new HubError('OPERATION_UNSUPPORTED', message);

function fragmentsOf(document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/** Introspection fields stand at the root only, possibly inside fragments. */
const asksIntrospection = (selections: readonly Selection[]): boolean =>
  selections.some((selection) =>
    selection.kind === 'fragment' ? asksIntrospection(selection.selections) : isIntrospection(selection.name),
  );
