import { Kind, parse, type DocumentNode, type GraphQLSchema, type ObjectTypeDefinitionNode } from 'graphql';
import { HubError } from '../kernel/index.js';
import { batchField, MOST_BATCH_KEYS } from '../share/batch-field.js';
import { addDefinitions } from './add-definitions.js';
import type { SubgraphContext } from './context.js';
import {
  chooseKey,
  findRecordKeys,
  objectsOf,
  titleOf,
  toReference,
  writeKey,
  type Objects,
  type RecordKey,
} from '../share/record-keys.js';
import type { TypePlan } from './type-plan.js';

/** Adds to a subgraph's types one root field for each of its resources that has a key: `residentBatch(idNumber:)`, with an
 *  argument for each key. A field of that name that the provider wrote stays as it is.
 *  @param document  types and root fields, without links */
export function addBatchFields(document: DocumentNode): DocumentNode {
  const objects = objectsOf(document.definitions);
  const query = objects.get('Query');
  const taken = new Set(query?.fields?.map(({ name }) => name.value));
  const batches = [...objects.values()].flatMap((node) => {
    const keys = findRecordKeys(node);
    return keys.length > 0 && !taken.has(batchField(node.name.value)) ? [writeBatch(node, keys, objects)] : [];
  });
  return addDefinitions(
    document,
    batches.length > 0 ? parse(batches.join('\n'), { noLocation: true }).definitions : [],
  );
}

/** Makes the batch fields of a schema find records through the request's reader, which asks for all keys in one statement.
 *  @returns names of the fields */
export function attachBatchFields(schema: GraphQLSchema, plans: ReadonlyMap<string, TypePlan>): readonly string[] {
  const fields = schema.getQueryType()?.getFields() ?? {};
  const attached: string[] = [];
  for (const plan of plans.values()) {
    const field = fields[batchField(plan.name)];
    const node = schema.getType(plan.name)?.astNode;
    const keys = node?.kind === Kind.OBJECT_TYPE_DEFINITION ? findRecordKeys(node) : [];
    // One that has a resolver is the provider's own.
    if (!field || field.resolve || keys.length === 0) continue;
    attached.push(field.name);
    field.resolve = (_, args: Readonly<Record<string, readonly unknown[] | null>>, context: SubgraphContext, info) => {
      const { key, given: list } = chooseKey<readonly unknown[]>(keys, args);
      if (list.length > MOST_BATCH_KEYS)
        throw new HubError(
          'LIST_TOO_LONG',
          `\`${key.name}\` has ${list.length} elements, and at most ${MOST_BATCH_KEYS} are looked up at once. Ask in several operations.`,
        );
      return list.map((given) => context.rows.reference(plan, toReference(key, given), context, info));
    };
  }
  return attached;
}

function writeBatch(node: ObjectTypeDefinitionNode, keys: readonly RecordKey[], objects: Objects): string {
  const type = node.name.value;
  const written = keys.map((key) => writeKey(type, key, objects, 'filters'));
  const isOnly = keys.length === 1 ? '!' : '';
  const choice = isOnly ? '' : ' One key is given.';
  return `type Query {
    """
    按${written.map(({ title }) => title).join('或')}批量查询${titleOf(node)}
    At most ${MOST_BATCH_KEYS.toLocaleString('en')} keys.${choice} Records in the order of the keys, each in its place; null where there is none.
    """
    ${batchField(type)}(${written.map((key) => `${key.name}: [${key.type}!]${isOnly} ${key.directives}`).join(', ')}): [${type}] @share(type: UNCONDITIONAL)
  }
  ${written.map(({ input }) => input).join('\n')}`;
}
