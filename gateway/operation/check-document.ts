import {
  GraphQLError,
  Lexer,
  parse,
  Source,
  TokenKind,
  specifiedRules,
  validate,
  visit,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type SourceLocation,
} from 'graphql';
import { HubError } from '../../shared/kernel/index.js';
import type { OperationLimits } from './limits.js';
import { tooDeep, tooLarge } from './measure.js';

/** Parses the text of an operation.
 *  @throws HubError GRAPHQL_PARSE_FAILED, OPERATION_TOO_LARGE (tokens), OPERATION_TOO_DEEP (nesting the parser cannot take) */
export function parseDocument(text: string, limits: OperationLimits): DocumentNode {
  try {
    return parse(text, { maxTokens: limits.tokens });
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(limits.depth);
    if (!(error instanceof GraphQLError)) throw error;
    if (/Document contains more tha[nt] /.test(error.message)) throw tooLarge('tokens', limits.tokens);
    if (isBottomless(text)) throw tooDeep(limits.depth);
    throw new HubError('GRAPHQL_PARSE_FAILED', brief(error.message), { errors: [describe(error)] });
  }
}

/** Nesting of brackets of any kind that no parser need take. How much ours takes depends on the stack it is called with, so
 *  what it refuses otherwise is measured: the same text is refused in the same words everywhere. */
const BOTTOMLESS = 1_000;
const OPENING = new Set([TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L]);
const CLOSING = new Set([TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R]);

function isBottomless(text: string): boolean {
  const lexer = new Lexer(new Source(text));
  let depth = 0;
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      if (CLOSING.has(token.kind)) depth--;
      if (OPENING.has(token.kind) && ++depth > BOTTOMLESS) return true;
    }
  } catch {
    // No text of GraphQL tokens; the parser has said why.
  }
  return false;
}

/** The same document without its tokens, which are most of its memory and of no use once it is known to be valid. */
export const withoutTokens = (text: string): DocumentNode => parse(text, { noLocation: true });

/** Validates a measured document with every rule of the specification.
 *  @throws HubError GRAPHQL_VALIDATION_FAILED, with message and locations of each error under `details.errors` */
export function validateDocument(schema: GraphQLSchema, document: DocumentNode, limits: OperationLimits): void {
  const errors = validate(schema, document, specifiedRules, {
    maxErrors: limits.errors,
    hideSuggestions: !limits.suggestions,
  });
  if (errors.length === 0) return;
  throw new HubError('GRAPHQL_VALIDATION_FAILED', brief(errors[0]!.message), { errors: errors.map(describe) });
}

const describe = ({ message, locations }: GraphQLError) => ({
  message: brief(message),
  ...(locations ? { locations } : {}),
});

/** Messages quote the document, of which a single name may be as long as the body allows. */
const MESSAGE_LENGTH = 500;
export const brief = (message: string): string =>
  message.length > MESSAGE_LENGTH ? `${message.slice(0, MESSAGE_LENGTH)}…` : message;

/** Locates each field of a document in its text.
 *  @param located    the document with its tokens
 *  @param document   the same text parsed again, without them */
export function locateFields(located: DocumentNode, document: DocumentNode): ReadonlyMap<FieldNode, SourceLocation> {
  const places: SourceLocation[] = [];
  visit(located, {
    Field: ({ loc }) => void places.push({ line: loc!.startToken.line, column: loc!.startToken.column }),
  });
  const locations = new Map<FieldNode, SourceLocation>();
  visit(document, { Field: (field) => void locations.set(field, places[locations.size]!) });
  return locations;
}
