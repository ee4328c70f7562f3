import {
  getNamedType,
  getNullableType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLNamedOutputType,
  type GraphQLSchema,
} from 'graphql';
import { MASKS } from '../kernel/index.js';
import { argument } from '../share/share-spec.js';
import { directivesOf } from './directives-of.js';
import type { SubgraphProblem } from './problems.js';

/** Finds `@scope` and `@mask` statements that can give nothing, or too much, whatever the rows are. */
export function findStatementProblems(schema: GraphQLSchema): SubgraphProblem[] {
  const problems: SubgraphProblem[] = [];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    const fields = Object.values(type.getFields());
    const scopes = fields.filter((field) => directivesOf(field.astNode, 'scope').length > 0);
    if (scopes.length > 1)
      problems.push({
        code: 'SCOPE_AMBIGUOUS',
        at: type.name,
        message: `${type.name} marks ${scopes.map(({ name }) => name).join(' and ')} with @Scope. Rows are narrowed by one item: mark one.`,
      });
    for (const field of scopes) problems.push(...scopeProblems(`${type.name}.${field.name}`, field));
    for (const field of fields) problems.push(...maskProblems(`${type.name}.${field.name}`, field));
  }
  return problems;
}

type Field = GraphQLField<unknown, unknown>;
const isList = (field: Field) => isListType(getNullableType(field.type));
const isText = ({ name }: GraphQLNamedOutputType) => name === 'String' || name === 'ID';

function scopeProblems(at: string, field: Field): SubgraphProblem[] {
  const by = argument(directivesOf(field.astNode, 'scope')[0]!, 'by');
  if (by !== 'division')
    return [
      {
        code: 'SCOPE_UNKNOWN',
        at,
        message: `${at} is marked @Scope(${JSON.stringify(by)}). Rows are narrowed by administrative divisions: @Scope('division').`,
      },
    ];
  const type = getNamedType(field.type);
  if (!isList(field) && (isText(type) || isRecordWithCode(type))) return [];
  return [
    {
      code: 'SCOPE_NOT_A_DIVISION',
      at,
      message: `${at} is marked @Scope and is a ${String(field.type)}. Mark the item that holds the division code, a String or ID, or a type whose key is one.`,
    },
  ];
}

/** A type that is referred to by one field of text, as a division is by its code. */
const isRecordWithCode = (type: GraphQLNamedOutputType): boolean =>
  isObjectType(type) &&
  directivesOf(type.astNode, 'key').some((key) => {
    const field = type.getFields()[String(argument(key, 'fields')).trim()];
    return field !== undefined && !isList(field) && isText(getNamedType(field.type));
  });

function maskProblems(at: string, field: Field): SubgraphProblem[] {
  return directivesOf(field.astNode, 'mask').flatMap((directive): SubgraphProblem[] => {
    const form = argument(directive, 'as');
    if (!(MASKS as readonly unknown[]).includes(form))
      return [
        {
          code: 'MASK_UNKNOWN',
          at,
          message: `${at} has the unknown mask ${String(form)}. The forms are ${MASKS.join(', ')}.`,
        },
      ];
    if (form === 'HIDDEN')
      return isNonNullType(field.type)
        ? [
            {
              code: 'MASK_NOT_NULLABLE',
              at,
              message: `${at} is hidden by its mask and cannot be null. Make it nullable.`,
            },
          ]
        : [];
    return isText(getNamedType(field.type)) && !isList(field)
      ? []
      : [
          {
            code: 'MASK_NOT_TEXT',
            at,
            message: `${at} has the mask ${String(form)} and is a ${String(field.type)}. Forms are of single texts: use @Mask('HIDDEN'), or none.`,
          },
        ];
  });
}
