import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { Kind, parse, print, specifiedDirectives, visit, type DocumentNode, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, createResolversMap } from 'type-graphql';
import { shareDirectives } from '../share/directive-definitions.js';
import { SHARE_SPEC, SHARE_TYPES_OF_SPEC } from '../share/share-spec.js';
import type { SubgraphDefinition } from './definition.js';

const FEDERATION = 'https://specs.apollo.dev/federation/v2.7';
const FEDERATION_DIRECTIVES = ['key', 'external', 'requires', 'provides', 'shareable', 'override', 'interfaceObject'];

/** A subgraph's schema and the SDL that it publishes. */
export interface BuiltSchema {
  readonly sdl: string;
  readonly schema: GraphQLSchema;
}

/** type-graphql classes → SDL that states its links → an executable federation subgraph. */
export function buildSubgraph({ resolvers, types }: Pick<SubgraphDefinition, 'resolvers' | 'types'>): BuiltSchema {
  const classes = buildSchemaSync({
    resolvers,
    orphanedTypes: [...types],
    directives: [...specifiedDirectives, ...shareDirectives],
    validate: false,
  });
  const document = withoutUnused(parse(printSchemaWithDirectives(classes)));
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
  const schema = buildSubgraphSchema([{ typeDefs: parse(sdl), resolvers: createResolversMap(classes) as never }]);
  const service = schema.getQueryType()?.getFields()['_service'];
  if (service) service.resolve = () => ({ sdl }); // the provider's own text, not a reprint of it
  return { sdl, schema };
}

/** Leaves out the share directives and their types that this subgraph has no use for. */
function withoutUnused(document: DocumentNode): DocumentNode {
  const used = usedDirectives(document);
  const directives = shareDirectives.map((directive) => directive.name);
  const types = new Set(
    shareDirectives
      .filter((directive) => used.has(directive.name))
      .flatMap((directive) => directive.args.map((argument) => String(argument.type).replace(/[[\]!]/g, ''))),
  );
  return {
    ...document,
    definitions: document.definitions.filter((definition) => {
      if (definition.kind === Kind.SCHEMA_DEFINITION) return false;
      if (definition.kind === Kind.DIRECTIVE_DEFINITION)
        return used.has(definition.name.value) || !directives.includes(definition.name.value);
      if (definition.kind === Kind.ENUM_TYPE_DEFINITION && isShareType(definition.name.value))
        return types.has(definition.name.value);
      return true;
    }),
  };
}

const isShareType = (name: string) => (SHARE_TYPES_OF_SPEC as readonly string[]).includes(name);

const defines = (document: DocumentNode, name: string) =>
  document.definitions.some((definition) => 'name' in definition && definition.name?.value === name);

function usedDirectives(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, { Directive: (node) => void names.add(node.name.value) });
  return names;
}
