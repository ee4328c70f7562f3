import { Kind, parse, print, specifiedDirectives, specifiedScalarTypes, type DefinitionNode } from 'graphql';
import { HubError } from '../../shared/kernel/index.js';

const BUILT_IN_SCALARS = new Set(specifiedScalarTypes.map(({ name }) => name));
const BUILT_IN_DIRECTIVES = new Set(specifiedDirectives.map(({ name }) => name));

/** A supergraph names the subgraphs that it was composed of.
 *  @throws HubError COMPOSITION_FAILED when this one names none: an ordinary schema, or half of a supergraph */
export function requireSubgraphs(supergraph: string): void {
  if (/enum\s+join__Graph\s*\{\s*\w/.test(supergraph) && /@join__type\b/.test(supergraph)) return;
  throw new HubError('COMPOSITION_FAILED', 'The supergraph cannot be served: it names no subgraph.');
}

/** The planner's view for consumers without what graphql-js brings itself: introspection, built-in scalars and directives. */
export function cleanPlannerSchema(planners: string): string {
  const document = parse(planners, { noLocation: true });
  const definitions = document.definitions.filter(isOwn).map(withoutMetaFields);
  return print({ kind: Kind.DOCUMENT, definitions });
}

function isOwn(definition: DefinitionNode): boolean {
  if (!('name' in definition) || !definition.name) return true;
  const name = definition.name.value;
  if (definition.kind === Kind.DIRECTIVE_DEFINITION) return !BUILT_IN_DIRECTIVES.has(name);
  return !name.startsWith('__') && !BUILT_IN_SCALARS.has(name);
}

function withoutMetaFields(definition: DefinitionNode): DefinitionNode {
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION || !definition.fields) return definition;
  return { ...definition, fields: definition.fields.filter(({ name }) => !name.value.startsWith('__')) };
}
