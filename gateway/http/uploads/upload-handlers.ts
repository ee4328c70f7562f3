import { stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { HubError } from '../../../shared/kernel/index.js';
import { openUploads, type UploadPlace } from './open-uploads.js';
import { say } from '../../request/messages/index.js';

/** A file that was announced, as the caller may upload it. */
export interface AnnouncedFile {
  readonly id: string;
  /** Size that was announced, bytes. */
  readonly bytes: number;
}
export interface UploadHandlersOptions extends UploadPlace {
  /** Finds a file that the caller has announced and that still takes bytes.
   *  @param id  undefined where the request names none
   *  @throws HubError NOT_FOUND for every other; BAD_REQUEST for one that is whole */
  readonly requireOpen: (request: IncomingMessage, id: string | undefined) => Promise<AnnouncedFile>;
  /** Finds one in whatever state. */
  readonly requireOwn: (request: IncomingMessage, id: string | undefined) => Promise<AnnouncedFile>;
}
type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Handlers of resumable uploads. Each request says who calls, and nobody else comes near the file.
 *  @source tus resumable upload protocol 1.0 */
export function uploadHandlers(options: UploadHandlersOptions): Record<'create' | 'patch' | 'ask', Handle> {
  const { folder, path, key, requireOpen, requireOwn } = options;
  const uploads = openUploads(options);
  const idIn = ({ url = '' }: IncomingMessage): string | undefined => {
    const address = url.split('?', 1)[0]!;
    return address.startsWith(`${path}/`) ? address.slice(path.length + 1) : undefined;
  };
  return {
    create: async (request, response) => {
      const file = await requireOpen(request, readNamed(request.headers['upload-metadata'], key));
      if (Number(request.headers['upload-length']) !== file.bytes)
        throw new HubError('BAD_REQUEST', say('upload.length', { file: file.id, bytes: file.bytes }));
      if (await exists(join(folder, file.id)))
        throw new HubError('BAD_REQUEST', say('upload.begun', { file: file.id }));
      await uploads.handle(request, response);
    },
    patch: async (request, response) => {
      await requireOpen(request, idIn(request));
      await uploads.handle(request, response);
    },
    ask: async (request, response) => {
      await requireOwn(request, idIn(request));
      if (request.method !== 'HEAD')
        throw new HubError('METHOD_NOT_ALLOWED', say('upload.head'), { allow: 'HEAD, PATCH' });
      await uploads.handle(request, response);
    },
  };
}

/** The id that an upload is for, in the metadata of the tus protocol: `load <base64>`. */
function readNamed(metadata: string | string[] | undefined, key: string): string | undefined {
  if (typeof metadata !== 'string') return undefined;
  const named = metadata.split(',').map((pair) => pair.trim().split(' '));
  const [, value] = named.find(([name]) => name === key) ?? [];
  return value === undefined ? undefined : Buffer.from(value, 'base64').toString();
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );
