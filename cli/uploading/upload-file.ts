import { open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { HubError, type ErrorCode } from '../../shared/kernel/index.js';

export interface Upload {
  /** The hub's address. */
  readonly hub: string;
  readonly token: string;
  /** Address of uploads of this kind, e.g. `/loads`, and the key of the id in their metadata, e.g. `load`. */
  readonly path: string;
  readonly key: string;
  /** The file's id, as it was announced. */
  readonly id: string;
  readonly file: string;
  readonly bytes: number;
  /** Called with the bytes that the hub has. */
  readonly onProgress: (bytes: number) => void;
  /** Pause before the hub is tried again, ms. */
  readonly pauseMs?: number;
}

const PART_BYTES = 8_000_000;
const MOST_TRIES = 10;
const PAUSE_MS = 1_000;

/** Uploads a file in parts, and goes on where an earlier upload broke off.
 *  @source tus resumable upload protocol 1.0
 *  @throws HubError with the hub's code; NOT_READY when it cannot be reached for long */
export async function uploadFile(upload: Upload): Promise<void> {
  const { file, bytes, onProgress, pauseMs = PAUSE_MS } = upload;
  const handle = await open(file);
  try {
    const part = Buffer.alloc(Math.min(PART_BYTES, bytes));
    let tries = 0;
    let offset: number | undefined;
    for (;;) {
      try {
        offset ??= (await askOffset(upload)) ?? (await create(upload));
        onProgress(offset);
        if (offset >= bytes) return;
        const { bytesRead } = await handle.read(part, 0, part.length, offset);
        if (bytesRead === 0) throw new HubError('BAD_USER_INPUT', `${file} became shorter while it was uploaded.`);
        offset = await sendPart(upload, offset, part.subarray(0, bytesRead));
        tries = 0;
      } catch (error) {
        // What the hub has refused it will refuse again; a connection may come back.
        if (error instanceof HubError && error.code !== 'NOT_READY') throw error;
        if (++tries >= MOST_TRIES) throw error;
        offset = undefined;
        await wait(pauseMs * tries);
      }
    }
  } finally {
    await handle.close();
  }
}

async function askOffset(upload: Upload): Promise<number | undefined> {
  const response = await send(upload, 'HEAD', `${upload.path}/${upload.id}`, {});
  if (response.status === 200) return readOffset(response);
  if (response.status === 404 || response.status === 410) return undefined;
  throw await refusalOf(response);
}

async function create(upload: Upload): Promise<number> {
  const response = await send(upload, 'POST', upload.path, {
    'upload-length': String(upload.bytes),
    'upload-metadata': `${upload.key} ${Buffer.from(upload.id).toString('base64')}`,
  });
  if (response.status !== 201) throw await refusalOf(response);
  return 0;
}

async function sendPart(upload: Upload, offset: number, part: Buffer<ArrayBuffer>): Promise<number> {
  const headers = { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' };
  const response = await send(upload, 'PATCH', `${upload.path}/${upload.id}`, headers, part);
  if (response.status !== 204) throw await refusalOf(response);
  return readOffset(response);
}

async function send(
  { hub, token }: Upload,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body?: Buffer<ArrayBuffer>,
): Promise<Response> {
  try {
    return await fetch(new URL(path, hub), {
      method,
      headers: { 'tus-resumable': '1.0.0', authorization: `Bearer ${token}`, ...headers },
      ...(body && { body }),
    });
  } catch (cause) {
    throw new HubError(
      'NOT_READY',
      `The hub at ${hub} cannot be reached. Run the command again to go on.`,
      {},
      { cause },
    );
  }
}

const readOffset = (response: Response): number => {
  const offset = Number(response.headers.get('upload-offset'));
  if (Number.isSafeInteger(offset) && offset >= 0) return offset;
  throw new HubError('NOT_READY', 'What answers there is not a hub.');
};

/** A part that another upload has sent, and whatever a proxy says, is asked about again. */
async function refusalOf(response: Response): Promise<HubError> {
  const text = await response.text().catch(() => '');
  const { errors } = parse(text);
  const [first] = errors ?? [];
  // The answer to HEAD has no body that says more.
  if (!first && response.status === 401)
    return new HubError('TOKEN_INVALID', 'The access token is not valid, or no longer.');
  if (!first) return new HubError('NOT_READY', `The hub answered ${response.status} to a part of the file.`);
  return new HubError((first.extensions?.code ?? 'INTERNAL') as ErrorCode, first.message);
}

interface Errors {
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}
function parse(text: string): Errors {
  try {
    return JSON.parse(text) as Errors;
  } catch {
    return {};
  }
}
