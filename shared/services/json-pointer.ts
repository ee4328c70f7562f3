/** Reads a value by its path in a JSON document. On the way to it null has no members, and everything in it is null.
 *  @param pointer  such as `/data/list`; empty for the whole
 *  @returns        undefined where there is no such member
 *  @source RFC 6901 */
export function valueAtPointer(document: unknown, pointer: string): unknown {
  let value = document;
  for (const step of pointer.split('/').slice(1)) {
    if (value === null) return null;
    if (typeof value !== 'object') return undefined;
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}
