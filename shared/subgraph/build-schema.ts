import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  getNamedType,
  GraphQLSchema,
  Kind,
  parse,
  print,
  printSchema,
  specifiedDirectives,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLFieldResolver,
  type GraphQLScalarType,
} from 'graphql';
import { buildSchemaSync, createResolversMap } from 'type-graphql';
import type { ComposedDirective } from '../share/define-directive.js';
import { shareDirectives } from '../share/directive-definitions.js';
import { shareSpecFor, SHARE_TYPES_OF_SPEC } from '../share/share-spec.js';
import { addBatchFields } from './batch-fields.js';
import type { SubgraphDefinition } from './definition.js';
import { QUALITY_DEFINITION } from './quality/attach-quality.js';
import { findFederationProblems } from './federation-problems.js';
import { refuseProblems, type SubgraphProblem } from './problems.js';
import { findStatementProblems } from './statement-problems.js';
import { readStatistics, type StatedStatistics } from './statistics/stated-statistics.js';
import { addStatistics } from './statistics/statistics-sdl.js';
import { addVerifyFields } from './verify-fields.js';

/** The oldest version that has every directive of the kit, so that other composers read the SDL too. */
const FEDERATION = 'https://specs.apollo.dev/federation/v2.3';
const FEDERATION_DIRECTIVES = [
  'key',
  'external',
  'requires',
  'provides',
  'shareable',
  'override',
  'interfaceObject',
  'tag',
  'inaccessible',
  'composeDirective',
];

/** A subgraph's schema and the SDL that it publishes. */
export interface BuiltSchema {
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  /** Types for which statistics are given. */
  readonly statistics: readonly StatedStatistics[];
}

type StatedSubgraph = Pick<SubgraphDefinition, 'name' | 'resolvers' | 'types' | 'directives'>;
/** A subgraph that was found right, of which schemas are made. */
interface CheckedSubgraph extends Omit<BuiltSchema, 'schema'> {
  readonly published: DocumentNode;
  readonly resolvers: ResolverMap;
}

/** What classes state, by their list: it depends on nothing else, and a subgraph may be started again. */
const checked = new WeakMap<StatedSubgraph['resolvers'], StatedSubgraph & { readonly as: CheckedSubgraph }>();

/** type-graphql classes → SDL that states its links → an executable federation subgraph.
 *  @throws HubError SUBGRAPH_INVALID naming each statement that cannot work */
export function buildSubgraph({ name, resolvers, types, directives }: StatedSubgraph): BuiltSchema {
  const known = checked.get(resolvers);
  if (known && known.name === name && known.types === types && known.directives === directives)
    return makeExecutable(known.as);
  const as = checkClasses({ name, resolvers, types, directives });
  checked.set(resolvers, { name, resolvers, types, directives, as });
  return makeExecutable(as);
}

function checkClasses({ name, resolvers, types, directives = [] }: StatedSubgraph): CheckedSubgraph {
  const classes = buildSchemaSync({
    resolvers,
    orphanedTypes: [...types],
    directives: [...specifiedDirectives, ...shareDirectives, ...directives.map(({ directive }) => directive)],
    validate: false,
  });
  return checkSubgraph(
    name,
    parse(printSchemaWithDirectives(classes)),
    createResolversMap(classes) as never,
    directives,
  );
}

/** SDL of types and root fields, without links or definitions of share directives → an executable federation subgraph.
 *  @param uncounted  types whose rows cannot be counted, so that no statistics are given of them
 *  @throws HubError SUBGRAPH_INVALID naming each statement that cannot work */
export function buildSubgraphFromSdl(
  name: string,
  types: DocumentNode,
  resolvers: ResolverMap,
  uncounted: ReadonlySet<string> = new Set(),
): BuiltSchema {
  const share = parse(printSchema(new GraphQLSchema({ directives: shareDirectives })), { noLocation: true });
  const document = { ...types, definitions: [...types.definitions, ...share.definitions] };
  return makeExecutable(checkSubgraph(name, document, resolvers, [], uncounted));
}

/** Resolvers by type and field; scalars by name. */
export type ResolverMap = Readonly<
  Record<string, GraphQLScalarType | Readonly<Record<string, GraphQLFieldResolver<never, never, never>>>>
>;

function checkSubgraph(
  name: string,
  stated: DocumentNode,
  resolvers: ResolverMap,
  directives: readonly ComposedDirective[],
  uncounted: ReadonlySet<string> = new Set(),
): CheckedSubgraph {
  const extended = addVerifyFields(addBatchFields(stated));
  const problems: SubgraphProblem[] = [];
  const statistics = readStatistics(extended, problems).filter(({ type }) => !uncounted.has(type));
  refuseProblems(name, problems);
  const document = arrangeDefinitions(
    addStatistics(extended, statistics),
    new Set(directives.map(({ directive }) => directive.name)),
  );
  const used = usedDirectives(document);
  const sdl = [
    ...schemaExtension(
      document,
      used,
      directives.filter(({ directive }) => used.has(directive.name)),
    ),
    '',
    print(document),
    '',
  ].join('\n');
  const published = parse(sdl);
  refuseProblems(name, findFederationProblems(name, published));
  refuseProblems(name, findStatementProblems(name, published));
  return { sdl, statistics, published, resolvers };
}

/** Makes a schema of its own, since whoever serves one puts guards into its fields. */
function makeExecutable({ sdl, statistics, published, resolvers }: CheckedSubgraph): BuiltSchema {
  const schema = buildSubgraphSchema([
    { typeDefs: published, resolvers: resolvers as never },
    // It is the hub's alone, and stands in no SDL.
    { typeDefs: QUALITY_DEFINITION },
  ]);
  const service = schema.getQueryType()?.getFields()['_service'];
  if (service) service.resolve = () => ({ sdl }); // the provider's own text, not a reprint of it
  return { sdl, schema, statistics };
}

/** Lines that link the specifications of every directive in the document. */
function schemaExtension(
  document: DocumentNode,
  used: ReadonlySet<string>,
  composed: readonly ComposedDirective[],
): string[] {
  const at = (name: string) => `@${name}`;
  const federation = FEDERATION_DIRECTIVES.filter((name) => used.has(name));
  const share = shareDirectives.map((directive) => directive.name).filter((name) => used.has(name));
  const shareTypes = SHARE_TYPES_OF_SPEC.filter((name) => defines(document, name));
  const own = new Map<string, string[]>();
  for (const { spec, directive } of composed) own.set(spec, [...(own.get(spec) ?? []), at(directive.name)]);
  return [
    'extend schema',
    linkLine(FEDERATION, [...federation, ...(composed.length > 0 ? ['composeDirective'] : [])].map(at)),
    linkLine(shareSpecFor([...share, ...shareTypes]), [...share.map(at), ...shareTypes]),
    ...[...own].map(([spec, names]) => linkLine(spec, names)),
    ...composed.map(({ directive }) => `  @composeDirective(name: "${at(directive.name)}")`),
  ];
}

const linkLine = (url: string, imports: readonly string[]): string =>
  `  @link(url: "${url}", import: [${imports.map((name) => `"${name}"`).join(', ')}])`;

/** The provider's types first, then the share directives it uses, bare: schema/share.graphql explains them.
 *  @param composed  names of the provider's own directives */
function arrangeDefinitions(document: DocumentNode, composed: ReadonlySet<string>): DocumentNode {
  const used = usedDirectives(document);
  const directives = shareDirectives.filter((directive) => used.has(directive.name));
  const types = new Set(
    directives.flatMap((directive) => directive.args.map((argument) => getNamedType(argument.type).name)),
  );
  const specified = new Set(shareDirectives.map((directive) => directive.name));
  const own: DefinitionNode[] = [];
  const share: DefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.SCHEMA_DEFINITION) continue;
    const name = nameOf(definition);
    if (definition.kind === Kind.DIRECTIVE_DEFINITION && specified.has(name)) {
      if (used.has(name)) share.push(removeDescriptions(definition));
    } else if (definition.kind === Kind.DIRECTIVE_DEFINITION && composed.has(name)) {
      if (used.has(name)) share.push(definition);
    } else if (definition.kind === Kind.ENUM_TYPE_DEFINITION && isShareType(name)) {
      if (types.has(name)) share.push(removeDescriptions(definition));
    } else own.push(definition);
  }
  return { ...document, definitions: [...own.toSorted(byName).map(sortRootFields), ...share] };
}

const nameOf = (definition: DefinitionNode): string => ('name' in definition ? (definition.name?.value ?? '') : '');

/** Order of the published text. type-graphql prints in the order in which a process happened to load the classes, and
 *  the text must be one in every process: the version of the graph is made of it. */
const byName = (a: DefinitionNode, b: DefinitionNode): number => (nameOf(a) < nameOf(b) ? -1 : 1);

const sortRootFields = (definition: DefinitionNode): DefinitionNode =>
  definition.kind === Kind.OBJECT_TYPE_DEFINITION && ['Query', 'Mutation'].includes(definition.name.value)
    ? { ...definition, fields: definition.fields?.toSorted((a, b) => (a.name.value < b.name.value ? -1 : 1)) }
    : definition;

const removeDescriptions = <T extends DefinitionNode>(definition: T): T =>
  visit<T>(definition, {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
  });

const isShareType = (name: string) => (SHARE_TYPES_OF_SPEC as readonly string[]).includes(name);

const defines = (document: DocumentNode, name: string) =>
  document.definitions.some((definition) => 'name' in definition && definition.name?.value === name);

function usedDirectives(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, { Directive: (node) => void names.add(node.name.value) });
  return names;
}
