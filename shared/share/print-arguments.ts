class EnumValue {
  constructor(readonly text: string) {}
}
/** An enum value, printed without quotes. */
export const enumValue = (text: string) => new EnumValue(text);

/** Arguments of a directive as GraphQL writes them, in parentheses; those without a value are left out. */
export function printArguments(args: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(args).filter(([, value]) => value !== undefined);
  if (given.length === 0) return '';
  return `(${given.map(([name, value]) => `${name}: ${value instanceof EnumValue ? value.text : JSON.stringify(value)}`).join(', ')})`;
}
