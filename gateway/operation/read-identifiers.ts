import { getNamedType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { parseCoordinate } from '../../shared/kernel/index.js';
import type { InputUse, ShareIndex } from '../../shared/share/share-index.js';
import { argumentCoordinate, type Identifiers } from './identifier-arguments.js';
import type { Subjects } from './subject-selections.js';

/** Arguments and input fields that name a subject: those that filter by its identifier or by a relation to it, or say whose
 *  record a claim is about. */
export function readIdentifiers(
  shares: ShareIndex | undefined,
  schema: GraphQLSchema,
  subjects: Subjects,
): Identifiers {
  const kindOf = ({ item: at, by }: InputUse) => {
    const { type, field } = parseCoordinate(at);
    const parent = schema.getType(type);
    if (!isObjectType(parent) && !isInterfaceType(parent)) return undefined;
    const own = [parent, ...(isInterfaceType(parent) ? schema.getPossibleTypes(parent) : [])]
      .map(({ name }) => subjects.get(name))
      .find((subject) => subject?.field === field);
    // A relation in a claim is what is claimed, and names nobody whose record is asked for.
    const related = by === 'compares' ? undefined : parent.getFields()[field]?.type;
    return (own ?? (related && subjects.get(getNamedType(related).name)))?.kind;
  };
  const identifiers = new Map<string, 'PERSON' | 'ORGANISATION'>();
  const add = (at: string, uses: readonly InputUse[]): void => {
    const kinds = new Set(uses.map(kindOf));
    const [kind] = kinds;
    if (kind && kinds.size === 1) identifiers.set(at, kind);
  };
  for (const item of shares?.items ?? [])
    for (const [argument, uses] of Object.entries(item.argumentUses))
      add(argumentCoordinate(item.coordinate, argument), uses);
  for (const [input, uses] of shares?.inputs ?? []) add(input, uses);
  return identifiers;
}
