import { copyFile, mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The folder in which one department drops files of one subgraph. */
export interface Inbox {
  readonly department: string;
  readonly subgraph: string;
  readonly folder: string;
}

/** Writes the receipt of a dropped file, and takes the file and its manifest out of the way.
 *  @param inbox     the folder
 *  @param manifest  its plain name
 *  @param receipt   what became of it
 *  @param file      name of the file, where it is known
 *  @param report    path of the report of wrong rows, where there is one */
export async function settle(
  { folder }: Inbox,
  manifest: string,
  receipt: Readonly<Record<string, unknown>>,
  file?: string,
  report?: string,
): Promise<void> {
  const name = manifest.slice(0, -'.manifest.json'.length);
  const [receipts, done] = [join(folder, 'receipts'), join(folder, 'done')];
  await mkdir(receipts, { recursive: true });
  await mkdir(done, { recursive: true });
  if (report !== undefined) await copyFile(report, join(receipts, `${name}.problems.csv`)).catch(() => undefined);
  const text = JSON.stringify({ manifest, ...receipt, at: new Date().toISOString() }, null, 2);
  const path = join(receipts, `${name}.receipt.json`);
  // A reader never sees half a receipt.
  await writeFile(`${path}.part`, `${text}\n`);
  await rename(`${path}.part`, path);
  if (file !== undefined) await rename(join(folder, file), join(done, file)).catch(() => undefined);
  // Last: with it the drop is over.
  await rename(join(folder, manifest), join(done, manifest));
}
