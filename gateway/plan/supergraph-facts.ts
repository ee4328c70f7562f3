import {
  buildASTSchema,
  isInterfaceType,
  isLeafType,
  isObjectType,
  Kind,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
  type OperationTypeNode,
} from 'graphql';
import { coordinate, type Coordinate } from '../../shared/kernel/index.js';
import { indexTypeNames, type TypeNames } from './type-names.js';

/** Type of a field as one subgraph has it, e.g. `[Item!]!`; undefined when it is not known. */
export type FieldType = (type: string, field: string) => string | undefined;

/** The types of a subgraph, by the supergraph. */
export interface SubgraphTypes {
  readonly fieldTypes: (subgraph: string) => FieldType;
  /** True for a named type without fields. */
  readonly isLeaf: (type: string) => boolean;
  /** Name of the root type of an operation. */
  readonly rootType: (operation: OperationTypeNode) => string;
}

/** The facts that the executor reads from a supergraph, once per graph version. */
export interface SupergraphFacts extends SubgraphTypes {
  /** Every type and field, also inaccessible ones. Not for consumers. */
  readonly schema: GraphQLSchema;
  readonly types: TypeNames;
  /** True for a type that some subgraph gives a key: its objects are records of their own. */
  readonly isEntity: (type: string) => boolean;
  /** Names of the fields that some subgraph requires for this one, and of those that they in turn require. */
  readonly requiredBy: (at: Coordinate | undefined) => ReadonlySet<string>;
  /** Interfaces that some subgraph knows only as `@interfaceObject`. */
  readonly opaque: ReadonlySet<string>;
}

/** The join metadata behind the facts: plain values, which cross to another thread. */
export interface JoinFacts {
  /** `join__Graph` value by subgraph name. */
  readonly graphs: ReadonlyMap<string, string>;
  /** Field types that differ from the supergraph's, by graph and coordinate. */
  readonly own: ReadonlyMap<string, string>;
  readonly opaque: ReadonlySet<string>;
  readonly entities: ReadonlySet<string>;
  readonly inputs: ReadonlyMap<Coordinate, ReadonlySet<string>>;
}

/** Reads a composed supergraph. */
export const readSupergraphFacts = (document: DocumentNode): SupergraphFacts =>
  createFacts(readJoinFacts(document), buildASTSchema(document, { assumeValidSDL: true }));

/** Reads a composed supergraph's join metadata.
 *  @source Federation join specification v0.3: `join__Graph`, `join__type(graph, key, isInterfaceObject)` */
export function readJoinFacts(document: DocumentNode): JoinFacts {
  const graphs = new Map<string, string>();
  const own = new Map<string, string>();
  const opaque = new Set<string>();
  const entities = new Set<string>();
  const required = new Map<Coordinate, Set<string>>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'join__Graph') {
      for (const value of definition.values ?? []) {
        const graph = value.directives?.find(({ name }) => name.value === 'join__graph');
        graphs.set((graph && argument(graph, 'name')) ?? value.name.value, value.name.value);
      }
    }
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const directive of definition.directives ?? []) {
      if (directive.name.value !== 'join__type') continue;
      if (argument(directive, 'isInterfaceObject') === 'true') opaque.add(definition.name.value);
      if (argument(directive, 'key') !== undefined) entities.add(definition.name.value);
    }
    for (const field of definition.fields ?? []) {
      for (const directive of field.directives ?? []) {
        if (directive.name.value !== 'join__field') continue;
        const requires = argument(directive, 'requires');
        if (requires !== undefined) {
          const at = coordinate(definition.name.value, field.name.value);
          required.set(at, new Set([...(required.get(at) ?? []), ...namesIn(requires)]));
        }
        const type = argument(directive, 'type');
        if (type !== undefined)
          own.set(`${argument(directive, 'graph')}\0${definition.name.value}.${field.name.value}`, type);
      }
    }
  }
  return { graphs, own, opaque, entities, inputs: closeOverInputs(required) };
}

/** @param schema  every type and field of the supergraph */
export function createFacts(
  { graphs, own, opaque, entities, inputs }: JoinFacts,
  schema: GraphQLSchema,
): SupergraphFacts {
  const values = new Set(graphs.values());
  const graphOf = (subgraph: string) => (values.has(subgraph) ? subgraph : (graphs.get(subgraph) ?? subgraph));
  return {
    schema,
    types: indexTypeNames(schema),
    opaque,
    isEntity: (type) => entities.has(type),
    requiredBy: (at) => (at && inputs.get(at)) ?? NO_NAMES,
    fieldTypes: (subgraph) => {
      const graph = graphOf(subgraph);
      return (type, field) => own.get(`${graph}\0${type}.${field}`) ?? findFieldType(schema, type, field);
    },
    isLeaf: (type) => isLeafType(schema.getType(type)),
    rootType: (operation) => schema.getRootType(operation)?.name ?? '',
  };
}

const NO_NAMES: ReadonlySet<string> = new Set();

/** Adds to the inputs of each field what their own fields of the same type require. */
function closeOverInputs(required: ReadonlyMap<Coordinate, ReadonlySet<string>>): Map<Coordinate, ReadonlySet<string>> {
  const close = (at: Coordinate): ReadonlySet<string> => {
    const type = at.slice(0, at.indexOf('.'));
    const names = new Set(required.get(at));
    // A set visits what is added to it while it is walked.
    for (const name of names) for (const input of required.get(coordinate(type, name)) ?? []) names.add(input);
    return names;
  };
  return new Map([...required.keys()].map((at) => [at, close(at)]));
}

/** Names of the fields in a field set, at any depth. */
const namesIn = (fields: string): readonly string[] =>
  fields.replace(/\.\.\.\s*on\s+\w+|\([^)]*\)/g, ' ').match(/\w+/g) ?? [];

function findFieldType(schema: GraphQLSchema, type: string, field: string): string | undefined {
  const parent = schema.getType(type);
  if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
  return parent.getFields()[field]?.type.toString();
}

function argument(directive: ConstDirectiveNode, name: string): string | undefined {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  if (!value || !('value' in value)) return undefined;
  return String(value.value);
}
