import type { Readable } from 'node:stream';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { LoadRefusal } from '../../load-rules.js';

/** Limits of what a workbook may unfold to: a small file can hold petabytes. */
const MOST_ENTRIES = 2_000;
const MOST_BYTES = 1_500_000_000;
/** Highest ratio of an entry that is larger than so many bytes. */
const MOST_RATIO = 250;
const RATIO_FROM = 100_000_000;

/** A workbook's parts by name, found by the archive's directory and not by the order in which they lie in it. */
export class Archive {
  private constructor(
    private readonly zip: ZipFile,
    private readonly entries: ReadonlyMap<string, Entry>,
  ) {}

  /** @throws LoadRefusal WORKBOOK_MALFORMED, WORKBOOK_PROTECTED, ARCHIVE_UNSAFE */
  static async open(file: string): Promise<Archive> {
    const zip = await new Promise<ZipFile>((resolve, reject) => {
      yauzl.open(file, { lazyEntries: true, autoClose: false }, (error, opened) =>
        error ? reject(new LoadRefusal('WORKBOOK_MALFORMED')) : resolve(opened),
      );
    });
    try {
      return new Archive(zip, await readEntries(zip));
    } catch (error) {
      zip.close();
      throw error;
    }
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  /** Opens a part. It ends with an error where more comes than the directory says.
   *  @throws LoadRefusal WORKBOOK_MALFORMED */
  open(name: string): Promise<Readable> {
    const entry = this.entries.get(name);
    if (!entry) throw new LoadRefusal('WORKBOOK_MALFORMED', name);
    return new Promise((resolve, reject) => {
      this.zip.openReadStream(entry, (error, stream) =>
        error ? reject(new LoadRefusal('WORKBOOK_MALFORMED', name)) : resolve(stream),
      );
    });
  }

  close(): void {
    this.zip.close();
  }
}

function readEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  if (zip.entryCount > MOST_ENTRIES) throw new LoadRefusal('ARCHIVE_UNSAFE');
  const entries = new Map<string, Entry>();
  let bytes = 0;
  return new Promise((resolve, reject) => {
    zip.on('entry', (entry: Entry) => {
      bytes += entry.uncompressedSize;
      const isBomb =
        entry.uncompressedSize > RATIO_FROM && entry.uncompressedSize > MOST_RATIO * Math.max(entry.compressedSize, 1);
      if (entry.isEncrypted()) return reject(new LoadRefusal('WORKBOOK_PROTECTED'));
      if (bytes > MOST_BYTES || isBomb) return reject(new LoadRefusal('ARCHIVE_UNSAFE'));
      entries.set(entry.fileName.replace(/^\/+/, ''), entry);
      zip.readEntry();
    });
    zip.once('end', () => resolve(entries));
    zip.once('error', () => reject(new LoadRefusal('WORKBOOK_MALFORMED')));
    zip.readEntry();
  });
}
