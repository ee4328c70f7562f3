import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { HubError, type Caller, type Sentence } from '../../../shared/kernel/index.js';
import { say } from '../../request/messages/index.js';
import { refuseDuplicates } from '../request-headers.js';
import type { Route } from '../routes.js';
import { sendFile } from '../uploads/send-file.js';
import { uploadHandlers } from '../uploads/upload-handlers.js';

/** A file that supports a case of governance. */
export interface AttachedFile {
  readonly id: string;
  /** Department and account that announced it. */
  readonly department: string;
  readonly by: string;
  readonly state: string;
  /** Size that was announced, bytes. */
  readonly bytes: number;
  readonly mediaType: string;
}
export interface AttachedFileRoutesOptions<File extends AttachedFile> {
  /** Path of all files, such as `/correction-files`. */
  readonly path: string;
  /** Form of their ids. */
  readonly id: RegExp;
  readonly folder: string;
  /** @throws HubError of the caller's codes */
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  readonly readFile: (id: string) => Promise<File | undefined>;
  readonly mayRead: (file: File, caller: Caller) => boolean;
  /** Said of a file that is none, or that the caller may not have. */
  readonly noFile: Sentence;
}

/** Addresses of files that support a case: uploads by the tus protocol for who announced one, and downloads for who may read it. */
export function attachedFileRoutes<File extends AttachedFile>(options: AttachedFileRoutesOptions<File>): Route[] {
  const { path, id: form, folder, identify, readFile, mayRead, noFile } = options;

  async function find(request: IncomingMessage, id: string | undefined, may: (file: File, caller: Caller) => boolean) {
    refuseDuplicates(request);
    const caller = await identify(request.headers);
    if (!caller) throw new HubError('UNAUTHENTICATED', say('correction.noToken'));
    const file = id !== undefined && form.test(id) ? await readFile(id) : undefined;
    // A file of others looks like none.
    if (!file || !may(file, caller)) throw new HubError('NOT_FOUND', noFile);
    return file;
  }
  const requireOwn = (request: IncomingMessage, id: string | undefined) => find(request, id, mayUpload);

  async function requireOpen(request: IncomingMessage, id: string | undefined) {
    const file = await requireOwn(request, id);
    if (file.state !== 'ANNOUNCED') throw new HubError('BAD_REQUEST', say('upload.closed', { file: file.id }));
    return file;
  }

  const { create, patch, ask } = uploadHandlers({ folder, path, key: 'file', requireOpen, requireOwn });

  async function read(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    if (request.method === 'HEAD') return ask(request, response);
    const address = request.url?.split('?', 1)[0] ?? '';
    const named = address.startsWith(`${path}/`) ? address.slice(path.length + 1) : undefined;
    const { id, mediaType, state } = await find(request, named, mayRead);
    // Nothing is handed out that was not looked at.
    if (state !== 'STORED') throw new HubError('NOT_FOUND', noFile);
    await sendFile({ file: join(folder, id), name: id, mediaType, missing: noFile }, request, response, requestId);
  }

  return [
    { method: 'POST', path, handle: create },
    { method: 'PATCH', path: `${path}/*`, handle: patch },
    { method: 'GET', path: `${path}/*`, handle: read },
  ];
}

export const accountOf = ({ person, system }: Caller): string => person ?? system;

const mayUpload = ({ department, by }: AttachedFile, caller: Caller): boolean =>
  department === caller.department && by === accountOf(caller);
