import { parse, type DocumentNode } from 'graphql';

let last: { readonly text: string; readonly document: WeakRef<DocumentNode> } | undefined;

/** Parses the text of a graph, without locations. Several steps of one swap read the same one, which may be megabytes: it is
 *  parsed for the first of them, and nothing keeps it after the last. The document must not be changed.
 *  @throws GraphQLError when it is not GraphQL */
export function parseOnce(text: string): DocumentNode {
  const known = last?.text === text ? last.document.deref() : undefined;
  if (known) return known;
  const document = parse(text, { noLocation: true });
  last = { text, document: new WeakRef(document) };
  return document;
}
