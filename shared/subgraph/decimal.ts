import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

/** At most so many digits; PostgreSQL and the databases of departments hold more than anybody counts. */
const DECIMAL = /^-?\d{1,60}(\.\d{1,40})?$/;

function toDecimal(value: unknown): string {
  const text = typeof value === 'bigint' || Number.isSafeInteger(value) ? String(value) : value;
  if (typeof text === 'string' && DECIMAL.test(text)) return text;
  throw new GraphQLError('A Decimal is a text such as "12.50".', { extensions: { code: 'BAD_USER_INPUT' } });
}

/** An exact number. It travels as text, since JSON's readers keep about 15 digits. */
export const GraphQLDecimal = new GraphQLScalarType({
  name: 'Decimal',
  description: '精确数\nAn exact number as text, such as "12.50".',
  serialize: toDecimal,
  parseValue: toDecimal,
  parseLiteral: (node) =>
    toDecimal(node.kind === Kind.STRING || node.kind === Kind.INT || node.kind === Kind.FLOAT ? node.value : undefined),
});
