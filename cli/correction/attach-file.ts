import { basename, extname } from 'node:path';
import { HubError } from '../../shared/kernel/index.js';
import { askAsPerson, personToken } from '../ask-as-person.js';
import { hubAddress } from '../uploading/hub-address.js';
import { measureFile } from '../uploading/measure-file.js';
import { uploadFile } from '../uploading/upload-file.js';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
};
const ATTACH = `mutation ($correction: String!, $file: CorrectionFileInput!) {
  result: attachToCorrection(correction: $correction, file: $file) { file { id state } refusal { code message } } }`;

interface Attached {
  readonly file: { readonly id: string; readonly state: string } | null;
  readonly refusal: { readonly code: string; readonly message: string } | null;
}

/** Announces an evidence file and uploads what the hub has not yet of it; run again, it goes on. Exit code 1 on a refusal. */
export async function attachFile(
  file: string,
  { to, url }: { readonly to: string; readonly url?: string | undefined },
): Promise<void> {
  const mediaType = MEDIA_TYPES[extname(file).toLowerCase()];
  if (mediaType === undefined) throw new HubError('BAD_USER_INPUT', `${basename(file)} is no .pdf, .jpg or .png.`);
  const { size: bytes, sha256 } = await measureFile(file);
  const announced = { fileName: basename(file), mediaType, bytes, sha256 };
  const { file: attached, refusal } = await askAsPerson<Attached>(url, ATTACH, { correction: to, file: announced });
  if (!attached) {
    process.exitCode = 1;
    return void process.stderr.write(`${refusal!.code}: ${refusal!.message}\n`);
  }
  if (attached.state === 'ANNOUNCED')
    await uploadFile({
      ...{ hub: hubAddress(url), token: personToken(), path: '/correction-files', key: 'file' },
      ...{ id: attached.id, file, bytes, onProgress: () => undefined },
    });
  process.stdout.write(`${attached.id}\n`);
}
