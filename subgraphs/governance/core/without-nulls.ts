/** An input in which what was sent as null is as if it had not been sent, at every depth. */
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
