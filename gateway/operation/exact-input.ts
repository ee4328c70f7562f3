import {
  GraphQLID,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  Kind,
  specifiedScalarTypes,
  type GraphQLInputField,
  type GraphQLInputType,
  type ValueNode,
} from 'graphql';
import { ExactNumber, toNumber } from '../../shared/kernel/exact-number.js';

/** The coercion of a value of an input type that keeps the digits of its numbers. graphql-js does the rest. */
export interface ExactInput {
  /** Brings the exact numbers in a value to what their types take, and fills in defaults of input fields that graphql-js
   *  would change. */
  prepare(value: unknown): unknown;
  /** The value of a literal, where graphql-js would change it; undefined where it does not. */
  readLiteral(node: ValueNode): unknown;
}

export function compileExactInput(type: GraphQLInputType): ExactInput {
  const hasDefaults = holdsExactDefault(type, new Set());
  const prepare = (value: unknown) => (hasDefaults || holdsExact(value) ? prepareFor(type, value) : value);
  return {
    prepare,
    readLiteral: (node) => (hasDefaults || isExactLiteral(node) ? prepareFor(type, toValue(node)) : undefined),
  };
}

/** True for a literal with a number that a JavaScript number would change. */
export function isExactLiteral(node: ValueNode): boolean {
  if (node.kind === Kind.LIST) return node.values.some(isExactLiteral);
  if (node.kind === Kind.OBJECT) return node.fields.some(({ value }) => isExactLiteral(value));
  return (node.kind === Kind.INT || node.kind === Kind.FLOAT) && toNumber(node.value) instanceof ExactNumber;
}

function holdsExact(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return value instanceof ExactNumber || Object.values(value).some(holdsExact);
}

function prepareFor(type: GraphQLInputType, value: unknown): unknown {
  if (isNonNullType(type)) return prepareFor(type.ofType, value);
  if (value === null || value === undefined) return value;
  if (isListType(type))
    return Array.isArray(value) ? value.map((each) => prepareFor(type.ofType, each)) : prepareFor(type.ofType, value);
  if (
    isInputObjectType(type) &&
    typeof value === 'object' &&
    !Array.isArray(value) &&
    !(value instanceof ExactNumber)
  ) {
    const given = value as Readonly<Record<string, unknown>>;
    const prepared = Object.values(type.getFields()).flatMap((field): [string, unknown][] => {
      if (Object.hasOwn(given, field.name)) return [[field.name, prepareFor(field.type, given[field.name])]];
      const literal = exactDefault(field);
      return literal ? [[field.name, prepareFor(field.type, toValue(literal))]] : [];
    });
    // What the type does not have stays, to be refused.
    return Object.fromEntries([...Object.entries(given), ...prepared]);
  }
  if (!(value instanceof ExactNumber)) return value;
  if (isScalarType(type) && !specifiedScalarTypes.includes(type)) return value;
  return type === GraphQLID && value.isInteger ? value.text : value.valueOf();
}

const exactDefault = ({ astNode }: GraphQLInputField): ValueNode | undefined =>
  astNode?.defaultValue && isExactLiteral(astNode.defaultValue) ? astNode.defaultValue : undefined;

function holdsExactDefault(type: GraphQLInputType, seen: Set<GraphQLInputType>): boolean {
  if (isNonNullType(type) || isListType(type)) return holdsExactDefault(type.ofType, seen);
  if (!isInputObjectType(type) || seen.has(type)) return false;
  seen.add(type);
  return Object.values(type.getFields()).some(
    (field) => exactDefault(field) !== undefined || holdsExactDefault(field.type, seen),
  );
}

/** A literal without variables as JSON has it. */
function toValue(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return toNumber(node.value);
    case Kind.LIST:
      return node.values.map(toValue);
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, toValue(value)]));
    case Kind.STRING:
    case Kind.BOOLEAN:
    case Kind.ENUM:
      return node.value;
    case Kind.NULL:
      return null;
    case Kind.VARIABLE:
      throw new Error('a default holds a variable, which validation refuses');
  }
}
