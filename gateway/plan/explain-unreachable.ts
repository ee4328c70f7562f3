import type { FederatedField, FederatedSchema } from './federated-schema.js';
import type { Node } from './node.js';

/** Says for each subgraph that has a field why an object cannot be taken there, and what would help.
 *  @param nodes  the object as it is held */
export function explainUnreachable(schema: FederatedSchema, field: FederatedField, nodes: readonly Node[]): string[] {
  const holders = [...new Set(nodes.map(({ graph }) => graph))];
  const type = nodes[0]!.type;
  const names = holders.map((graph) => nameOf(schema, graph)).join(', ');
  const reasons = [...fieldOwners(schema, type, field)].flatMap(([graph, owner]): string[] => {
    const local = schema.types.get(owner)?.fields.get(field.name)?.in.get(graph);
    const subgraph = nameOf(schema, graph);
    if (local?.external) return [];
    const keys = schema.types.get(owner)?.in.get(graph)?.keys ?? [];
    const isHeld = holders.includes(graph);
    if (!isHeld && keys.length === 0)
      return [
        `subgraph ${subgraph} has it, but resolves ${owner} by no key: give ${owner} a @key there, or @shareable ${field.name} in ${names}`,
      ];
    if (local?.requires)
      return [`subgraph ${subgraph} has it, but its inputs "${local.requires.text}" cannot all be had from ${names}`];
    const wanted = keys.map(({ text }) => `"${text}"`).join(' or ');
    return [
      `subgraph ${subgraph} has it and resolves ${owner} by ${wanted}, which ${names} cannot give: add the fields of that key there, not @external`,
    ];
  });
  return reasons.length > 0 ? reasons : [`no subgraph gives it: it is @external wherever it stands`];
}

/** Subgraphs that have the field, with the type that has it there: the object's own, or an interface object above it. */
function fieldOwners(schema: FederatedSchema, type: string, field: FederatedField): Map<string, string> {
  const owners = new Map([...field.in.keys()].map((graph) => [graph, type]));
  for (const parent of schema.types.get(type)?.interfaces ?? []) {
    const inherited = schema.types.get(parent);
    for (const graph of inherited?.fields.get(field.name)?.in.keys() ?? [])
      if (inherited?.in.get(graph)?.interfaceObject) owners.set(graph, parent);
  }
  return owners;
}

const nameOf = (schema: FederatedSchema, graph: string): string => schema.subgraphs.get(graph) ?? graph;
