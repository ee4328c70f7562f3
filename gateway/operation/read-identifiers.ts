import { getNamedType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { parseCoordinate, type Coordinate } from '../../shared/kernel/index.js';
import type { ShareIndex } from '../../shared/share/share-index.js';
import { argumentCoordinate, type Identifiers } from './identifier-arguments.js';
import type { Subjects } from './subject-selections.js';

/** Arguments and input fields that name a subject: those that filter by its identifier, or by a relation to it. */
export function readIdentifiers(
  shares: ShareIndex | undefined,
  schema: GraphQLSchema,
  subjects: Subjects,
): Identifiers {
  const kindOf = (at: Coordinate) => {
    const { type, field } = parseCoordinate(at);
    const parent = schema.getType(type);
    if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
    const own = [parent, ...(isInterfaceType(parent) ? schema.getPossibleTypes(parent) : [])]
      .map(({ name }) => subjects.get(name))
      .find((subject) => subject?.field === field);
    const related = parent.getFields()[field]?.type;
    return (own ?? (related && subjects.get(getNamedType(related).name)))?.kind;
  };
  const identifiers = new Map<string, 'PERSON' | 'ORGANISATION'>();
  const add = (at: string, items: readonly Coordinate[]): void => {
    const kinds = new Set(items.map(kindOf));
    const [kind] = kinds;
    if (kind && kinds.size === 1) identifiers.set(at, kind);
  };
  for (const item of shares?.items ?? [])
    for (const [argument, items] of Object.entries(item.filters))
      add(argumentCoordinate(item.coordinate, argument), items);
  for (const [input, items] of shares?.inputs ?? []) add(input, items);
  return identifiers;
}
