import { Kind, parse, print, visit, type ASTNode, type DefinitionNode } from 'graphql';

/** Tells whether a schema that this hub builds of a declaration answers all that is planned by the one that was published:
 *  another version of the hub may have built another, and a plan for it must not be answered by this one. Words, the order in
 *  which things are written, and fields that the kit has learned to add since, make no difference. */
export function answersGraph(published: string, built: string): boolean {
  if (published === built) return true;
  const given = linesOf(built);
  return [...linesOf(published)].every((line) => given.has(line));
}

/** Every definition of a schema as a text; of an object type, every field too. Links only name what the definitions use. */
function linesOf(sdl: string): ReadonlySet<string> {
  const { definitions } = visit(parse(sdl, { noLocation: true }), {
    enter: (node) => ('description' in node && node.description ? { ...node, description: undefined } : undefined),
    leave: (node) => sortParts(node),
  });
  return new Set(definitions.flatMap(toLines));
}

/** Parts of a definition whose order means nothing. */
const UNORDERED = ['fields', 'arguments', 'directives', 'interfaces', 'types', 'values'] as const;

/** Brings the parts of a node into the order of their texts. Values of a list are no parts: their order is theirs. */
function sortParts(node: ASTNode): ASTNode | undefined {
  if (node.kind === Kind.LIST) return undefined;
  const parts = node as unknown as Readonly<Record<string, readonly ASTNode[] | undefined>>;
  const sorted = UNORDERED.flatMap((name) => {
    const list = parts[name];
    if (!Array.isArray(list) || list.length < 2) return [];
    const texts = (list as ASTNode[]).map((part) => [print(part), part] as const);
    return [[name, texts.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, part]) => part)] as const];
  });
  return sorted.length === 0 ? undefined : { ...node, ...Object.fromEntries(sorted) };
}

function toLines(definition: DefinitionNode): string[] {
  if (definition.kind === Kind.SCHEMA_EXTENSION) return [];
  if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [print(definition)];
  const { fields = [], ...type } = definition;
  const lines = fields.map((field) => `${definition.name.value}.${print(field)}`);
  // Every hub gives the query root its fields by itself.
  return definition.name.value === 'Query' ? lines : [print({ ...type, fields: [] }), ...lines];
}
