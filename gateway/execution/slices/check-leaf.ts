import {
  GraphQLBoolean,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  GraphQLString,
  isEnumType,
  type GraphQLLeafType,
} from 'graphql';

/** Text of a leaf as it stands in an answer. */
export const AS_IT_IS = 1;
/** The same, in quotes. */
export const QUOTED = 2;
/** To be parsed and written anew. */
export const ANEW = 0;
export type LeafForm = typeof AS_IT_IS | typeof QUOTED | typeof ANEW;

/** Tells how to write a leaf that is not null. */
export type CheckLeaf = (bytes: Buffer, begin: number, end: number) => LeafForm;

const [QUOTE, MINUS, ZERO, NINE, LETTER_F, LETTER_T] = [34, 45, 48, 57, 102, 116];
/** Digits of an integer that is in every range and is written in one way only. */
const INT_DIGITS = 9;
const EXACT_DIGITS = 15;

/** Compiles the check of one leaf type. What is left to be written anew may as well be of another type.
 *  @source GraphQL specification 3.5 "Scalars" */
export function compileCheck(type: GraphQLLeafType): CheckLeaf {
  if (isEnumType(type)) {
    const values = type.getValues().map(({ name }) => Buffer.from(`"${name}"`));
    return (bytes, begin, end) => (values.some((value) => isAt(value, bytes, begin, end)) ? AS_IT_IS : ANEW);
  }
  switch (type.name) {
    case GraphQLString.name:
      return (bytes, begin) => (bytes[begin] === QUOTE ? AS_IT_IS : ANEW);
    case GraphQLID.name:
      return (bytes, begin, end) =>
        bytes[begin] === QUOTE ? AS_IT_IS : isInteger(bytes, begin, end, EXACT_DIGITS) ? QUOTED : ANEW;
    case GraphQLInt.name:
      return (bytes, begin, end) => (isInteger(bytes, begin, end, INT_DIGITS) ? AS_IT_IS : ANEW);
    case GraphQLFloat.name:
      return (bytes, begin, end) => (isInteger(bytes, begin, end, EXACT_DIGITS) ? AS_IT_IS : ANEW);
    case GraphQLBoolean.name:
      return (bytes, begin) => (bytes[begin] === LETTER_T || bytes[begin] === LETTER_F ? AS_IT_IS : ANEW);
    default:
      return (bytes, begin, end) =>
        bytes[begin] === QUOTE || isInteger(bytes, begin, end, EXACT_DIGITS) ? AS_IT_IS : ANEW;
  }
}

function isAt(value: Buffer, bytes: Buffer, begin: number, end: number): boolean {
  if (end - begin !== value.length) return false;
  for (let i = 0; i < value.length; i++) if (bytes[begin + i] !== value[i]) return false;
  return true;
}

/** True for a number of digits alone, but for `-0`. */
function isInteger(bytes: Buffer, begin: number, end: number, most: number): boolean {
  const from = bytes[begin] === MINUS ? begin + 1 : begin;
  if (end - from > most || (from > begin && bytes[from] === ZERO)) return false;
  for (let at = from; at < end; at++) if (bytes[at]! < ZERO || bytes[at]! > NINE) return false;
  return true;
}
