/** Returns an input without its null values, at every depth: a null is read as an argument that was not sent. */
export function omitNulls<T extends object>(input: T): T {
  const entries = Object.entries(input).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, plain(value)])) as T;
}

const plain = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(plain)
    : typeof value === 'object' && value !== null && !(value instanceof Date)
      ? omitNulls(value)
      : value;
