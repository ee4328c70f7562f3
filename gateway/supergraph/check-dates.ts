import { isScalarType, Kind, type GraphQLSchema, type ValueNode } from 'graphql';

interface DateForm {
  readonly pattern: RegExp;
  readonly expected: string;
}
/** Dates as the kit's scalars take them. @source RFC 3339 */
const DATE_FORMS: Readonly<Record<string, DateForm>> = {
  DateTimeISO: {
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/i,
    expected: 'a date and time with its time zone (带时区的日期时间), such as 2029-01-01T00:00:00+08:00',
  },
  LocalDate: { pattern: /^\d{4}-\d\d-\d\d$/, expected: 'a date (日期), such as 2029-01-31' },
};

/** Has dates of the kit's scalars checked before a provider is asked: its own words about a wrong one never reach the caller,
 *  who would not be told which argument it is. */
export function checkDates(schema: GraphQLSchema): void {
  for (const [name, form] of Object.entries(DATE_FORMS)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) continue;
    type.parseValue = (value) => requireDate(value, form);
    type.parseLiteral = (node: ValueNode) => requireDate(node.kind === Kind.STRING ? node.value : undefined, form);
  }
}

function requireDate(value: unknown, { pattern, expected }: DateForm): string {
  if (typeof value === 'string' && pattern.test(value) && isOnCalendar(value)) return value;
  // What is no GraphQLError gets the place of the argument.
  throw new TypeError(`Write ${expected}.`);
}

/** False for 30 February, which JavaScript takes for 2 March. */
function isOnCalendar(text: string): boolean {
  const day = text.slice(0, 10);
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(Date.parse(text)) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}
