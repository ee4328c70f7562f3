import { FileStore } from '@tus/file-store';
import { Server } from '@tus/server';
import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Uploads {
  /** Answers a request of the tus protocol that may be answered. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** Longest part of an upload, bytes: a request has to end within the time that every request has. */
const MOST_PART_BYTES = 2_000_000_000;

export interface UploadPlace {
  readonly folder: string;
  /** Address of the uploads, e.g. `/loads`. */
  readonly path: string;
  /** Key of the id in the metadata of an upload, e.g. `load`. */
  readonly key: string;
}

/** Opens uploads into a folder: each is a file that has the name of its id, and how far it is its size. */
export function openUploads({ folder, path, key }: UploadPlace): Uploads {
  // Before the store makes it, which would let everybody read it.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const server = new Server({
    path,
    datastore: new FileStore({ directory: folder }),
    relativeLocation: true,
    respectForwardedHeaders: false,
    disableTerminationForFinishedUploads: true,
    allowedOrigins: () => false,
    maxSize: MOST_PART_BYTES,
    namingFunction: (_request, metadata) => metadata?.[key] ?? '',
    onResponseError: (_request, error) =>
      'status_code' in error ? undefined : { status_code: 500, body: 'The upload failed. Go on with it.\n' },
  });
  return { handle: async (request, response) => void (await server.handle(request, response)) };
}
