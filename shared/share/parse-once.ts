import { Kind, parse, type DefinitionNode, type DocumentNode } from 'graphql';

let last: { readonly text: string; readonly document: WeakRef<DocumentNode> } | undefined;
/** Definitions of the text that was parsed last, by their own text. */
let definitions: ReadonlyMap<string, DefinitionNode> = new Map();

/** Parses the text of a graph, without locations. Several steps of one swap read the same one, which may be megabytes: it is
 *  parsed for the first of them. A definition that the text before had too is the same object as there, so that what was found out
 *  about it may be kept by it. The document must not be changed.
 *  @throws GraphQLError when it is not GraphQL */
export function parseOnce(text: string): DocumentNode {
  const known = last?.text === text ? last.document.deref() : undefined;
  if (known) return known;
  const document = parseDefinitions(text) ?? parse(text, { noLocation: true });
  last = { text, document: new WeakRef(document) };
  return document;
}

/** An empty line before something that can only begin a definition: a description, or a keyword. The few words that can go on with
 *  one instead (`implements`, `on`, `repeatable`) begin none, so that a part that begins with them cannot be parsed. */
const BORDER = /\n\n(?=["a-z])/;

/** Most parts that one definition is looked for in: an empty line may stand within it, in a long description. */
const MOST_PARTS = 8;

/** @returns undefined where the text cannot be read definition by definition */
function parseDefinitions(text: string): DocumentNode | undefined {
  const read = new Map<string, DefinitionNode>();
  const all: DefinitionNode[] = [];
  let open: string[] = [];
  for (const part of text.split(BORDER)) {
    open.push(part);
    const own = open.length === 1 ? part : open.join('\n\n');
    const definition = definitions.get(own) ?? parseOne(own);
    if (definition) {
      read.set(own, definition);
      all.push(definition);
      open = [];
    } else if (open.length === MOST_PARTS) return undefined;
  }
  if (open.length > 0) return undefined;
  definitions = read;
  return { kind: Kind.DOCUMENT, definitions: all };
}

function parseOne(text: string): DefinitionNode | undefined {
  try {
    const { definitions: found } = parse(text, { noLocation: true });
    return found.length === 1 ? found[0] : undefined;
  } catch {
    return undefined;
  }
}
