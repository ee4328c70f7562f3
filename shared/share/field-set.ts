import { Kind, parse, type SelectionSetNode } from 'graphql';
import { LRUCache } from 'lru-cache';

/** A graph has thousands of keys, and most are a name that others have too. */
const known = new LRUCache<string, { readonly set: SelectionSetNode | undefined }>({ max: 5_000 });

/** Reads the field set of `@key`, `@requires` or `@provides`, with or without braces round it, as composers do.
 *  @returns undefined when it cannot be read */
export function parseFieldSet(text: string): SelectionSetNode | undefined {
  let parsed = known.get(text);
  if (!parsed) known.set(text, (parsed = { set: parseOnce(text) }));
  return parsed.set;
}

function parseOnce(text: string): SelectionSetNode | undefined {
  for (const candidate of [`{ ${text} }`, text]) {
    try {
      const [operation, ...others] = parse(candidate, { noLocation: true }).definitions;
      if (operation?.kind === Kind.OPERATION_DEFINITION && others.length === 0) return operation.selectionSet;
    } catch {
      // The other form, or none.
    }
  }
  return undefined;
}
