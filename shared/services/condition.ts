/** Conditions on rows in the ORM's filter language, as far as the kit uses it. Every row that a service gives is held
 *  against the whole condition, so a service that narrows too little gives nobody more than was asked for. */
export type Condition = Readonly<Record<string, unknown>>;

/** What a condition requires of single items, for which a service can be asked. */
export interface Question {
  /** Item → the values that it may have. */
  readonly equal: ReadonlyMap<string, readonly unknown[]>;
  /** Combinations of values that items may have together. */
  readonly tuples: readonly { readonly items: readonly string[]; readonly values: readonly (readonly unknown[])[] }[];
  /** Item → the text that its value begins with. */
  readonly prefix: ReadonlyMap<string, string>;
  /** Item → the value beyond which its value is. */
  readonly beyond: ReadonlyMap<string, unknown>;
}

/** The ORM's sign between the items of a tuple. */
const TUPLE = '~~~';

/** Reads what all rows of the condition have in common. What it says in other ways is left to `meets`. */
export function readQuestion(condition: Condition): Question {
  const equal = new Map<string, readonly unknown[]>();
  const prefix = new Map<string, string>();
  const beyond = new Map<string, unknown>();
  const tuples: Question['tuples'][number][] = [];
  const take = (name: string, operator: string, operand: unknown): void => {
    if (name.includes(TUPLE)) {
      if (operator === '$in') tuples.push({ items: name.split(TUPLE), values: operand as unknown[][] });
      return;
    }
    if (operator === '$in' || operator === '$eq') {
      const values = operator === '$in' ? (operand as unknown[]) : [operand];
      const known = equal.get(name);
      equal.set(name, known ? known.filter((each) => values.some((other) => isSame(each, other))) : values);
    }
    const start = operator === '$like' ? prefixOf(operand) : undefined;
    if (start !== undefined && start.length > (prefix.get(name) ?? '').length) prefix.set(name, start);
    if (operator === '$gt') beyond.set(name, operand);
  };
  const walk = (part: Condition): void => {
    for (const [name, operand] of Object.entries(part)) {
      if (name === '$and') for (const each of operand as Condition[]) walk(each);
      else if (name === '$or') {
        if ((operand as Condition[]).length === 1) walk((operand as Condition[])[0]!);
      } else for (const [operator, value] of operatorsOf(operand)) take(name, operator, value);
    }
  };
  walk(condition);
  return { equal, tuples, prefix, beyond };
}

/** Items that a condition speaks of. */
export const itemsOf = (condition: Condition): string[] =>
  Object.entries(condition).flatMap(([name, operand]) =>
    name === '$and' || name === '$or' ? (operand as Condition[]).flatMap(itemsOf) : name.split(TUPLE),
  );

/** True when a row meets the condition.
 *  @throws Error where the condition has an operator that is not known here: nothing is guessed */
export function meets(condition: Condition, row: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(condition).every(([name, operand]) => {
    if (name === '$and') return (operand as Condition[]).every((each) => meets(each, row));
    if (name === '$or') return (operand as Condition[]).some((each) => meets(each, row));
    if (name.startsWith('$')) throw new Error(`A service's rows cannot be held against ${name}.`);
    const items = name.split(TUPLE);
    return operatorsOf(operand).every(([operator, value]) =>
      items.length > 1
        ? operator === '$in' &&
          (value as unknown[][]).some((tuple) => items.every((item, at) => isSame(row[item], tuple[at])))
        : holds(operator, row[name], value),
    );
  });
}

function operatorsOf(operand: unknown): (readonly [operator: string, operand: unknown])[] {
  if (Array.isArray(operand)) return [['$in', operand]];
  if (typeof operand !== 'object' || operand === null || operand instanceof Date) return [['$eq', operand]];
  return Object.entries(operand);
}

function holds(operator: string, value: unknown, operand: unknown): boolean {
  switch (operator) {
    case '$eq':
      return operand === null ? value === null : isSame(value, operand);
    case '$ne':
      return operand === null ? value !== null && isValue(value) : isValue(value) && !isSame(value, operand);
    case '$in':
      return (operand as unknown[]).some((each) => isSame(value, each));
    case '$nin':
      // A value that cannot be read might be one of them.
      return (
        value === null || value === undefined || (isValue(value) && !setOf(operand as string[]).has(identify(value)))
      );
    case '$gt':
      return compareValues(value, operand) > 0;
    case '$gte':
      return compareValues(value, operand) >= 0;
    case '$lt':
      return compareValues(value, operand) < 0;
    case '$lte':
      return compareValues(value, operand) <= 0;
    case '$like': {
      const start = prefixOf(operand);
      if (start === undefined) throw new Error("A service's rows can be held against the beginning of a text alone.");
      return typeof value === 'string' && value.startsWith(start);
    }
    default:
      throw new Error(`A service's rows cannot be held against ${operator}.`);
  }
}

/** Thousands of values are looked up for each of thousands of rows. */
const setOf = (values: readonly string[]): ReadonlySet<string> => {
  let set = sets.get(values);
  if (!set) sets.set(values, (set = new Set(values)));
  return set;
};
const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** The beginning of a text, where a pattern says no more. */
function prefixOf(pattern: unknown): string | undefined {
  if (typeof pattern !== 'string' || !pattern.endsWith('%')) return undefined;
  const start = pattern.slice(0, -1);
  return /(?<!\\)[%_]/.test(start) ? undefined : start.replaceAll(/\\([\\%_])/g, '$1');
}

const isValue = (value: unknown): boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value instanceof Date;

const isSame = (value: unknown, other: unknown): boolean =>
  isValue(value) && isValue(other) && identify(value) === identify(other);

/** A value as a text: an Int that was asked for as a text is the same. */
export const identify = (value: unknown): string => (value instanceof Date ? value.toISOString() : String(value));

/** Order of two values, by the codes of their characters; NaN where they have none. */
export function compareValues(value: unknown, other: unknown): number {
  if (!isValue(value) || !isValue(other)) return NaN;
  if (typeof value === 'number' || value instanceof Date) return Number(value) - Number(other);
  const [one, two] = [identify(value), identify(other)];
  return one === two ? 0 : one < two ? -1 : 1;
}
