import { buildASTSchema, Kind, parse, type GraphQLDirective } from 'graphql';
import { Directive } from 'type-graphql';
import { printArguments } from './print-arguments.js';

/** A directive of the provider's own that stays in the composed graph. Applied as a decorator; the subgraph lists it in its
 *  `directives`. */
export interface ComposedDirective {
  (args?: Readonly<Record<string, unknown>>): ReturnType<typeof Directive>;
  /** Specification and version that the schema links. */
  readonly spec: string;
  readonly directive: GraphQLDirective;
}

/** Defines a directive that composition keeps (`@composeDirective`). The hub carries none of them out; they are for tools
 *  that read the graph.
 *  @param spec  address of its specification, which ends in its name and version: `https://example.gov/audit/v1.0`
 *  @param sdl   its definition, with arguments of GraphQL's own scalars
 *  @throws TypeError for another address, or SDL that does not define one directive
 *  @source specs.apollo.dev/federation/v2.1
 *  @example
 *  ```ts
 *  const Audit = defineDirective('https://example.gov/audit/v1.0', 'directive @audit(level: Int!) on OBJECT');
 *  @Audit({ level: 2 }) @ObjectType() class Visit {}
 *  await createSubgraph({ …, directives: [Audit] });
 *  ``` */
export function defineDirective(spec: string, sdl: string): ComposedDirective {
  if (!/^https?:\/\/[^\s"]+\/[A-Za-z_][\w-]*\/v\d+\.\d+$/.test(spec))
    throw new TypeError(`"${spec}" is no address that ends in a name and a version, such as audit/v1.0.`);
  const directive = readDirective(sdl);
  const apply = (args: Readonly<Record<string, unknown>> = {}) =>
    Directive(`@${directive.name}${printArguments(args)}`);
  return Object.assign(apply, { spec, directive });
}

function readDirective(sdl: string): GraphQLDirective {
  const document = parse(sdl, { noLocation: true });
  const [definition, ...others] = document.definitions;
  if (definition?.kind !== Kind.DIRECTIVE_DEFINITION || others.length > 0)
    throw new TypeError(`"${sdl}" does not define one directive and nothing else.`);
  try {
    return buildASTSchema(document, { assumeValidSDL: true }).getDirective(definition.name.value)!;
  } catch (error) {
    throw new TypeError(`"${sdl}" is no directive with arguments of GraphQL's own scalars.`, { cause: error });
  }
}
