import { DetailedError, Upload } from 'tus-js-client';
import { PAGE_HEADERS } from './hub-file.js';

/** A file that is larger is loaded by command: the page would keep all of it in memory to hash it. Bytes. */
export const MOST_BYTES = 500_000_000;
const PART_BYTES = 8_000_000;

/** SHA-256 of a file, 64 hexadecimal digits. */
export async function hashFile(file: File): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Where an announced file is uploaded: `path` of all of its kind, the word for them in the protocol's metadata, and its id. */
export interface UploadPlace {
  readonly path: '/loads' | '/application-files';
  readonly key: 'load' | 'file';
  readonly id: string;
}

/** Uploads an announced file in parts, and goes on where an earlier upload of it broke off.
 *  @param onProgress  called with the part that the hub has, 0 to 1
 *  @source tus resumable upload protocol 1.0
 *  @throws Error  where the hub refused it, or did not answer for long */
export async function uploadFile(
  file: File,
  { path, key, id }: UploadPlace,
  onProgress: (part: number) => void,
): Promise<void> {
  const send = (place: { readonly endpoint: string } | { readonly uploadUrl: string }) =>
    new Promise<void>((resolve, reject) => {
      new Upload(file, {
        ...place,
        headers: PAGE_HEADERS,
        metadata: { [key]: id },
        chunkSize: PART_BYTES,
        retryDelays: [1_000, 3_000, 5_000, 10_000],
        storeFingerprintForResuming: false,
        onProgress: (sent, total) => onProgress(sent / Math.max(1, total)),
        onSuccess: () => resolve(),
        onError: reject,
      }).start();
    });
  try {
    await send({ endpoint: path });
  } catch (error) {
    // The hub has a part of it already.
    if (!(error instanceof DetailedError) || error.originalResponse?.getStatus() !== 400) throw error;
    await send({ uploadUrl: `${path}/${id}` });
  }
}
