import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  getNamedType,
  Kind,
  parse,
  print,
  specifiedDirectives,
  visit,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import { buildSchemaSync, createResolversMap } from 'type-graphql';
import { shareDirectives } from '../share/directive-definitions.js';
import { SHARE_SPEC, SHARE_TYPES_OF_SPEC } from '../share/share-spec.js';
import type { SubgraphDefinition } from './definition.js';
import { refuseProblems } from './problems.js';
import { findStatementProblems } from './statement-problems.js';

const FEDERATION = 'https://specs.apollo.dev/federation/v2.7';
const FEDERATION_DIRECTIVES = ['key', 'external', 'requires', 'provides', 'shareable', 'override', 'interfaceObject'];

/** A subgraph's schema and the SDL that it publishes. */
export interface BuiltSchema {
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

/** type-graphql classes → SDL that states its links → an executable federation subgraph.
 *  @throws HubError SUBGRAPH_INVALID naming each scope and mask that cannot work */
export function buildSubgraph({
  name,
  resolvers,
  types,
}: Pick<SubgraphDefinition, 'name' | 'resolvers' | 'types'>): BuiltSchema {
  const classes = buildSchemaSync({
    resolvers,
    orphanedTypes: [...types],
    directives: [...specifiedDirectives, ...shareDirectives],
    validate: false,
  });
  const document = arrangeDefinitions(parse(printSchemaWithDirectives(classes)));
  const used = usedDirectives(document);
  const share = shareDirectives.map((directive) => directive.name).filter((name) => used.has(name));
  const federation = FEDERATION_DIRECTIVES.filter((name) => used.has(name));
  const sdl = [
    'extend schema',
    `  @link(url: "${FEDERATION}", import: [${federation.map((name) => `"@${name}"`).join(', ')}])`,
    `  @link(url: "${SHARE_SPEC}/v1.0", import: [${[
      ...share.map((name) => `"@${name}"`),
      ...SHARE_TYPES_OF_SPEC.filter((name) => defines(document, name)).map((name) => `"${name}"`),
    ].join(', ')}])`,
    '',
    print(document),
    '',
  ].join('\n');
  const published = parse(sdl);
  refuseProblems(name, findStatementProblems(name, published));
  const schema = buildSubgraphSchema([{ typeDefs: published, resolvers: createResolversMap(classes) as never }]);
  const service = schema.getQueryType()?.getFields()['_service'];
  if (service) service.resolve = () => ({ sdl }); // the provider's own text, not a reprint of it
  return { sdl, schema };
}

/** The provider's types first, then the share directives it uses, bare: schema/share.graphql explains them. */
function arrangeDefinitions(document: DocumentNode): DocumentNode {
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
    const name = 'name' in definition ? (definition.name?.value ?? '') : '';
    if (definition.kind === Kind.DIRECTIVE_DEFINITION && specified.has(name)) {
      if (used.has(name)) share.push(removeDescriptions(definition));
    } else if (definition.kind === Kind.ENUM_TYPE_DEFINITION && isShareType(name)) {
      if (types.has(name)) share.push(removeDescriptions(definition));
    } else own.push(definition);
  }
  return { ...document, definitions: [...own, ...share] };
}

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
