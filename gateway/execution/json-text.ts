/** Longest string looked at character by character; beyond it the engine's own writer is faster. */
const SHORT = 64;

/** A string as JSON text. Most strings need no escape, and seeing that is cheaper than `JSON.stringify`. */
export function writeString(value: string): string {
  const { length } = value;
  if (length > SHORT) return JSON.stringify(value);
  for (let i = 0; i < length; i++) {
    const code = value.charCodeAt(i);
    // Control characters, the quote, the backslash, and surrogates (a lone one is escaped).
    if (code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff)) return JSON.stringify(value);
  }
  return `"${value}"`;
}

/** A number as JSON text; a subgraph can send `1e400`, which is no JSON number once it is read. */
export const writeNumber = (value: number): string => (Number.isFinite(value) ? String(value) : 'null');
