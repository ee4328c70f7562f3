import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  type GraphQLLeafType,
} from 'graphql';
import { ExactNumber } from '../../shared/kernel/exact-number.js';
import { Failure } from './failure.js';
import { writeNumber, writeString } from './json-text.js';

/** Writes a leaf value as JSON text. @returns undefined when the value is not of the type, which null is of none */
export type WriteLeaf = (value: unknown) => string | undefined;

/** Int and Float are numbers of 32 bits and of IEEE 754, so they have no more digits than JavaScript's.
 *  @source GraphQL specification 3.5.1, 3.5.2 */
const toPlainNumber = (value: unknown): unknown => (value instanceof ExactNumber ? value.valueOf() : value);

const INT_MAX = 2 ** 31 - 1;
const INT_MIN = -(2 ** 31);

/** Compiles the check and the writing of one leaf type. Custom scalars pass as they are, with every digit. */
export function compileLeaf(type: GraphQLLeafType): WriteLeaf {
  if (isEnumType(type)) {
    const values = new Map(type.getValues().map(({ name }) => [name, JSON.stringify(name)]));
    return (value) => values.get(value as string);
  }
  switch (type.name) {
    case GraphQLString.name:
      return (value) => (typeof value === 'string' ? writeString(value) : undefined);
    case GraphQLID.name:
      return (value) =>
        typeof value === 'string'
          ? writeString(value)
          : Number.isInteger(value)
            ? `"${String(value)}"`
            : value instanceof ExactNumber && value.isInteger
              ? `"${value.text}"`
              : undefined;
    case GraphQLInt.name:
      return (given) => {
        const value = toPlainNumber(given);
        return Number.isInteger(value) && (value as number) <= INT_MAX && (value as number) >= INT_MIN
          ? String(value)
          : undefined;
      };
    case GraphQLFloat.name:
      return (given) => {
        const value = toPlainNumber(given);
        return Number.isFinite(value) ? writeNumber(value as number) : undefined;
      };
    case GraphQLBoolean.name:
      return (value) => (value === true ? 'true' : value === false ? 'false' : undefined);
    default:
      return (value) => {
        if (value === null || value instanceof Failure) return undefined;
        try {
          return JSON.stringify(value);
        } catch {
          // Nested deeper than the stack.
          return undefined;
        }
      };
  }
}
