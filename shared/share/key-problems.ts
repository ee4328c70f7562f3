import { Kind, type DocumentNode, type SelectionSetNode } from 'graphql';
import { federationNames } from './federation-names.js';
import { parseFieldSet } from './field-set.js';
import type { ShareProblem } from './share-index.js';
import { argument } from './share-spec.js';
import { namedType, outputFields, typesByName } from './types-by-name.js';

/** Finds keys by which no record can be found, as far as SDL of any language says it and the composer does not: a record
 *  named without its fields, and keys of fractions and yes or no alone.
 *  @source share-rules section 1, rule 10 */
export function findKeyProblems(subgraph: string, document: DocumentNode): ShareProblem[] {
  const federation = federationNames(document);
  const types = typesByName(document);
  const problems: ShareProblem[] = [];
  for (const [type, nodes] of types)
    for (const directive of nodes.flatMap(({ directives = [] }) => directives)) {
      const fields = federation.get(directive.name.value) === 'key' ? argument(directive, 'fields') : undefined;
      const set = typeof fields === 'string' ? parseFieldSet(fields) : undefined;
      if (!set) continue;
      const problem = (code: string, why: string) =>
        problems.push({
          code,
          severity: 'error',
          message: `@key(fields: ${JSON.stringify(fields)}) on ${type} ${why}`,
          subgraph,
          coordinate: type,
        });
      const leaves = [...leavesOf(set, type)];
      const value = leaves.find(({ above }) => above !== undefined);
      const record = leaves.find(({ returns }) => outputFields(types.get(returns) ?? []).length > 0);
      if (value) problem('KEY_INVALID_FIELDS', `names fields of ${value.above}, which is no record. Name it alone.`);
      else if (record)
        problem(
          'KEY_WITHOUT_SELECTION',
          `names the record ${record.at}. Say by which of its fields: ${record.name} { … }.`,
        );
      else if (leaves.length > 0 && leaves.every(({ returns }) => returns === 'Float' || returns === 'Boolean'))
        problem('KEY_NOT_IDENTIFYING', 'holds no identifier. Use a String, ID or Int that is one of its kind.');
    }
  return problems;

  /** The fields of a key that have none below, with what they return; those that are unknown return ''. `above` is a value of
   *  which fields are named all the same. */
  function* leavesOf(set: SelectionSetNode, type: string): Iterable<KeyLeaf> {
    for (const selection of set.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT)
        yield* leavesOf(selection.selectionSet, selection.typeCondition?.name.value ?? type);
      if (selection.kind !== Kind.FIELD) continue;
      const { name, selectionSet } = selection;
      const field = outputFields(types.get(type) ?? []).find((each) => each.name.value === name.value);
      const returns = field ? namedType(field.type) : '';
      if (selectionSet && field && outputFields(types.get(returns) ?? []).length === 0)
        yield { at: `${type}.${name.value}`, name: name.value, returns, above: `${type}.${name.value}` };
      else if (selectionSet) yield* leavesOf(selectionSet, returns);
      else yield { at: `${type}.${name.value}`, name: name.value, returns };
    }
  }
}

interface KeyLeaf {
  readonly at: string;
  readonly name: string;
  readonly returns: string;
  readonly above?: string;
}
