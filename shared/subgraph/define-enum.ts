import { registerEnumType } from 'type-graphql';

/** Defines a GraphQL enum from its closed list of values. The database and the graph use the same names.
 *  @param name          GraphQL name, e.g. `Post`
 *  @param title         Chinese name, then what it is in English on a line of its own
 *  @param descriptions  each value with its Chinese name, in order
 *  @returns             the enum object for `@Field(() => …)`
 *  @example
 *  ```ts
 *  export const ReviewStatus = defineEnum('ReviewStatus', '审核状态', { PENDING: '待审核', AGREED: '同意' });
 *  export type ReviewStatus = keyof typeof ReviewStatus;
 *  ``` */
export function defineEnum<Value extends string>(
  name: string,
  title: string,
  descriptions: Readonly<Record<Value, string>>,
): { readonly [V in Value]: V } {
  const values = Object.keys(descriptions) as Value[];
  const members = Object.fromEntries(values.map((value) => [value, value])) as { [V in Value]: V };
  const valuesConfig = Object.fromEntries(
    values.map((value) => [value, { description: descriptions[value] }]),
  ) as Record<Value, { description: string }>;
  registerEnumType(members, { name, description: title, valuesConfig });
  return members;
}
