import { writeFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { SingleBar } from 'cli-progress';
import { HubError } from '../../shared/kernel/index.js';
import { personToken } from '../ask-as-person.js';
import { announce, type HubLoad, waitForEnd } from './load-client.js';
import { hubAddress } from '../uploading/hub-address.js';
import { measureFile } from '../uploading/measure-file.js';
import { uploadFile } from '../uploading/upload-file.js';

export interface LoadFlags {
  readonly subgraph: string;
  readonly type: string;
  readonly mode: string;
  readonly format?: string;
  readonly key?: string;
  readonly mostRejected: string;
  readonly report?: string;
  readonly wait: string;
  readonly json?: boolean;
  readonly url?: string;
}

const FORMATS: Readonly<Record<string, string>> = {
  '.csv': 'CSV',
  '.txt': 'CSV',
  '.xlsx': 'XLSX',
  '.ndjson': 'NDJSON',
  '.jsonl': 'NDJSON',
};

/** Announces a file, uploads what the hub has not yet of it, and waits until it is loaded. Exit code 1 when it is not. */
export async function loadFileIntoHub(file: string, flags: LoadFlags): Promise<void> {
  const format = flags.format?.toUpperCase() ?? FORMATS[extname(file).toLowerCase()];
  if (format === undefined)
    throw new HubError('BAD_USER_INPUT', `Say --format: the name ${basename(file)} does not tell what it is.`);
  const { size: bytes, sha256 } = await measureFile(file);
  const mode = flags.mode.toUpperCase();
  const { load, refusal } = await announce(flags.url, {
    ...{ subgraph: flags.subgraph, type: flags.type, sha256, bytes, fileName: basename(file), format, mode },
    key: flags.key ?? `${mode.toLowerCase()}-${sha256}`,
    mostRejected: Number(flags.mostRejected),
  });
  if (!load) return printRefusal(refusal!, flags);
  const ended = await carryThrough(file, load, flags);
  if (ended.code === 'ROWS_INVALID' || (ended.counts?.['rejected'] ?? 0) > 0) await fetchReport(file, ended, flags);
  if (ended.state !== 'LOADED') process.exitCode = 1;
  process.stdout.write(flags.json ? `${JSON.stringify(ended, null, 2)}\n` : loadText(ended));
}

async function carryThrough(file: string, load: HubLoad, { url, wait }: LoadFlags): Promise<HubLoad> {
  const bar = new SingleBar({
    format: '{task} {bar} {percentage} %  {rows}',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
  });
  bar.start(load.bytes, 0, { task: 'upload', rows: '' });
  try {
    if (load.state === 'ANNOUNCED')
      await uploadFile({
        ...{ hub: hubAddress(url), token: personToken(), path: '/loads', key: 'load' },
        ...{ id: load.id, file, bytes: load.bytes },
        onProgress: (done) => bar.update(done),
      });
    const onProgress = ({ bytesRead, rowsRead }: HubLoad) =>
      bar.update(bytesRead, { task: 'load', rows: `${rowsRead.toLocaleString('en')} rows` });
    return await waitForEnd(url, load, Number(wait), onProgress, () => warnWithoutWorker(hubAddress(url)));
  } finally {
    bar.stop();
  }
}

/** Says so where nobody carries out loads; the load goes on once somebody does. */
async function warnWithoutWorker(hub: string): Promise<void> {
  const answer: unknown = await fetch(new URL('/readyz', hub))
    .then((response) => response.json())
    .catch(() => undefined);
  const { warnings } = (answer ?? {}) as { readonly warnings?: { readonly worker?: string } };
  if (warnings?.worker !== undefined)
    process.stderr.write(
      'The file has arrived, and no worker of the hub carries out loads at present. Its load begins when one runs: tell the operator.\n',
    );
}

/** Writes the reports beside the file. */
async function fetchReport(file: string, { reports }: HubLoad, { url, report }: LoadFlags): Promise<void> {
  for (const path of reports) {
    const response = await fetch(new URL(path, hubAddress(url)), {
      headers: { authorization: `Bearer ${personToken()}` },
    });
    if (!response.ok) continue;
    const target = path.endsWith('/problems.csv') ? (report ?? `${file}.problems.csv`) : `${report ?? file}.rows.csv`;
    await writeFile(target, Buffer.from(await response.arrayBuffer()), { mode: 0o600 });
    process.stderr.write(`${target}\n`);
  }
}

function printRefusal(refusal: { readonly code: string; readonly message: string }, { json }: LoadFlags): void {
  process.exitCode = 1;
  if (json) process.stdout.write(`${JSON.stringify({ refusal }, null, 2)}\n`);
  else process.stderr.write(`${refusal.code}: ${refusal.message}\n`);
}

function loadText({ id, state, counts, code, message }: HubLoad): string {
  if (code !== null) return `${id} ${state} ${code}: ${message}\n`;
  if (!counts) return `${id} ${state}\n`;
  const parts = ['inserted', 'updated', 'unchanged', 'deleted', 'rejected'].map((name) => `${counts[name]} ${name}`);
  return `${id} ${state}: ${counts['rows']} rows, ${parts.join(', ')}\n`;
}
