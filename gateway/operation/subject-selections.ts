import { isInterfaceType, isObjectType, isUnionType, type GraphQLSchema } from 'graphql';
import type { InternalSelections } from './prune.js';

/** The identifier field of a type's subject, as its share rules name it. */
export interface Subject {
  readonly field: string;
  readonly kind: 'PERSON' | 'ORGANISATION';
}
export type Subjects = ReadonlyMap<string, Subject>;

/** Beyond this many subject types below one abstract type the added fragments cost more than they tell. */
const POSSIBLE_TYPES_LIMIT = 4;

/** Builds the selections that fetch the identifier of every subject, so that the access record can name it. The
 *  identifier is fetched under its plain key, which alias isolation keeps free of anything else.
 *  @param schema   with every field of the graph, also inaccessible ones
 *  @param opaque   interfaces whose runtime type some subgraph does not know (`@interfaceObject`); nothing is added to them */
export function buildSubjectSelections(
  schema: GraphQLSchema,
  subjects: Subjects,
  opaque: ReadonlySet<string>,
): InternalSelections {
  const added = new Map<string, string>();
  for (const type of Object.values(schema.getTypeMap())) {
    if (isObjectType(type)) {
      const subject = subjects.get(type.name);
      if (subject && type.getFields()[subject.field]) added.set(type.name, subject.field);
    }
    if ((!isInterfaceType(type) && !isUnionType(type)) || opaque.has(type.name)) continue;
    const possible = schema.getPossibleTypes(type).filter(({ name }) => subjects.has(name));
    if (possible.length === 0 || possible.length > POSSIBLE_TYPES_LIMIT) continue;
    const fragments = possible.map(({ name }) => `... on ${name}{${subjects.get(name)!.field}}`);
    added.set(type.name, ['__typename', ...fragments].join(' '));
  }
  return added;
}
