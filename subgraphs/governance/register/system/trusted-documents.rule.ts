const MOST = 500;

/** Finds what is wrong with the hashes of the operations that a system may run.
 *  @returns undefined when nothing is */
export function findDocumentsProblem(hashes: readonly string[]): string | undefined {
  if (hashes.length > MOST) return `\`documents\` names at most ${MOST} operations.`;
  if (new Set(hashes).size < hashes.length) return '`documents` names an operation twice.';
  const wrong = hashes.findIndex((hash) => !/^[0-9a-f]{64}$/.test(hash));
  return wrong < 0 ? undefined : `\`documents\`: entry ${wrong + 1} is no SHA-256 in 64 hexadecimal digits.`;
}
