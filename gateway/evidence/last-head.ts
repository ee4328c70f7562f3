import { access } from 'node:fs/promises';
import { eachLine } from '../../shared/evidence/lines.js';
import { readHead, type SignedHead } from '../../shared/evidence/signed-head.js';

/** The newest head of a file, and the bytes up to the end of its last whole line. */
export async function lastHead(path: string): Promise<{ readonly head?: SignedHead; readonly size: number }> {
  let [head, size]: [SignedHead | undefined, number] = [undefined, 0];
  const there = await access(path).then(
    () => true,
    () => false,
  );
  if (!there) return { size };
  for await (const { bytes, end, ended } of eachLine(path)) {
    if (!ended) break;
    head = readHead(bytes) ?? head;
    size = end;
  }
  return { head, size };
}
