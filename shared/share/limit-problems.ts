import { Kind, print, type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode } from 'graphql';
import { federationNames } from './federation-names.js';
import { argument, readShareNames, type ShareDirective } from './share-spec.js';
import type { TypeNode } from './statements.js';
import { namedType, outputFields, typesByName } from './types-by-name.js';

/** A statement about rows or de-identified forms that cannot work: where it stands, and what to change. */
export interface LimitProblem {
  readonly code: 'SCOPE_AMBIGUOUS' | 'SCOPE_NOT_A_DIVISION' | 'MASK_NOT_TEXT' | 'MASK_NOT_NULLABLE';
  /** Coordinate, or type. */
  readonly at: string;
  readonly message: string;
}

/** Scalars of the language that hold no text. */
const NO_TEXT: ReadonlySet<string> = new Set(['Int', 'Float', 'Boolean']);

/** Finds `@scope` and `@mask` statements that can give nothing, or too much, whatever the rows are, as far as SDL of any
 *  language says it. A scalar of the subgraph's own may hold text.
 *  @source share-rules section 3 */
export function findLimitProblems(subgraph: string, document: DocumentNode): LimitProblem[] {
  const { directives } = readShareNames(document, subgraph).names;
  const stated = (field: FieldDefinitionNode, name: ShareDirective): readonly ConstDirectiveNode[] =>
    (field.directives ?? []).filter((directive) => directives.get(directive.name.value) === name);
  const types = typesByName(document);
  const isText = (name: string): boolean => isTextScalar(types, name);
  const isRecordWithCode = buildRecordTest(document, types, isText);
  const problems: LimitProblem[] = [];
  for (const [type, nodes] of types) {
    const outputs = outputFields(nodes);
    const scopes = outputs.filter((field) => stated(field, 'scope').length > 0);
    const names = [...new Set(scopes.map(({ name }) => name.value))];
    if (names.length > 1)
      problems.push({
        code: 'SCOPE_AMBIGUOUS',
        at: type,
        message: `${type} marks ${names.join(' and ')} with @scope. Rows are narrowed by one item: mark one.`,
      });
    for (const { name, type: of } of scopes) {
      const named = namedType(of);
      if (isList(of) || !(isText(named) || isRecordWithCode(named)))
        problems.push({
          code: 'SCOPE_NOT_A_DIVISION',
          at: `${type}.${name.value}`,
          message: `${type}.${name.value} is marked @scope and is a ${print(of)}. Mark the item that holds the division code, a String or ID, or a type whose key is one.`,
        });
    }
    for (const field of outputs)
      for (const directive of stated(field, 'mask')) {
        const problem = findMaskProblem(`${type}.${field.name.value}`, field, argument(directive, 'as'), isText);
        if (problem) problems.push(problem);
      }
  }
  return problems;
}

function findMaskProblem(
  at: string,
  { type }: FieldDefinitionNode,
  form: unknown,
  isText: (name: string) => boolean,
): LimitProblem | undefined {
  if (form === 'HIDDEN')
    return type.kind === Kind.NON_NULL_TYPE
      ? {
          code: 'MASK_NOT_NULLABLE',
          at,
          message: `${at} is hidden by its mask and cannot be null. Make it nullable.`,
        }
      : undefined;
  if (!isList(type) && isText(namedType(type))) return undefined;
  return {
    code: 'MASK_NOT_TEXT',
    at,
    message: `${at} has the mask ${String(form)} and is a ${print(type)}. Forms are of single texts: use the mask HIDDEN, or none.`,
  };
}

const isList = (type: FieldDefinitionNode['type']): boolean =>
  (type.kind === Kind.NON_NULL_TYPE ? type.type : type).kind === Kind.LIST_TYPE;

/** `String`, `ID`, or a scalar that the document defines. */
const isTextScalar = (types: ReadonlyMap<string, readonly TypeNode[]>, name: string): boolean =>
  name === 'String' ||
  name === 'ID' ||
  (!NO_TEXT.has(name) && (types.get(name) ?? []).some(({ kind }) => kind === Kind.SCALAR_TYPE_DEFINITION));

/** Tells the types that are referred to by one field of text, as a division is by its code. */
function buildRecordTest(
  document: DocumentNode,
  types: ReadonlyMap<string, readonly TypeNode[]>,
  isText: (name: string) => boolean,
): (name: string) => boolean {
  const federation = federationNames(document);
  return (name) => {
    const nodes = types.get(name) ?? [];
    const fields = outputFields(nodes);
    return nodes
      .flatMap(({ directives = [] }) => directives)
      .filter((directive) => federation.get(directive.name.value) === 'key')
      .some((key) => {
        const field = fields.find((each) => each.name.value === String(argument(key, 'fields')).trim());
        return field !== undefined && !isList(field.type) && isText(namedType(field.type));
      });
  };
}
