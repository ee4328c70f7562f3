import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { InitRefusal } from '../init-refusal.js';

/** Reads a file as text, without a byte order mark.
 *  @param most  bytes that are read
 *  @throws InitRefusal SOURCE_UNREADABLE */
export async function readText(file: string, most: number): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > most)
      throw new InitRefusal('SOURCE_UNREADABLE', `${basename(file)} has ${size} bytes; at most ${most} are read.`);
    return (await readFile(file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (error instanceof InitRefusal || code === undefined) throw error;
    throw new InitRefusal('SOURCE_UNREADABLE', `${file} cannot be read (${code}).`, { cause: error });
  }
}
