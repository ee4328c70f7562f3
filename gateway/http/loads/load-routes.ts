import { open, stat } from 'node:fs/promises';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { HubError, type Caller } from '../../../shared/kernel/index.js';
import type { AnnouncedLoad } from '../../../shared/read-model/read-load.js';
import { refuseDuplicates, REQUEST_ID_HEADER } from '../request-headers.js';
import type { Route } from '../routes.js';
import { openUploads } from './open-uploads.js';

export interface LoadRoutesOptions {
  /** Folder of the uploaded files and of the reports. */
  readonly folder: string;
  /** @throws HubError of the caller's codes */
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  readonly readLoad: (id: string) => Promise<AnnouncedLoad | undefined>;
}

const ID = /^L-\d{6,15}$/;
const REPORT = /^\/loads\/(L-\d{6,15})\/(problems|rows)\.csv$/;
const UPLOAD = /^\/loads\/(L-\d{6,15})$/;

/** Addresses of files that are loaded: uploads by the tus protocol, and reports of what was wrong. Each request says who
 *  calls, and only the department that announced the load comes near it.
 *  @source tus resumable upload protocol 1.0 */
export function loadRoutes({ folder, identify, readLoad }: LoadRoutesOptions): Route[] {
  const uploads = openUploads(folder);

  async function requireOwn(request: IncomingMessage, id: string | undefined): Promise<{ id: string } & AnnouncedLoad> {
    refuseDuplicates(request);
    const caller = await identify(request.headers);
    if (!caller) throw new HubError('UNAUTHENTICATED', 'Loading needs an access token.');
    const load = id !== undefined && ID.test(id) ? await readLoad(id) : undefined;
    // A load of another department looks like none.
    if (!load || load.department !== caller.department || !caller.roles.includes('provider'))
      throw new HubError('NOT_FOUND', 'Your department has announced no such load. Announce it with `announceLoad`.');
    return { id: id!, ...load };
  }

  async function requireOpen(request: IncomingMessage, id: string | undefined) {
    const load = await requireOwn(request, id);
    if (load.state !== 'ANNOUNCED')
      throw new HubError('BAD_REQUEST', `${load.id} takes no more bytes; ask \`loadOf\` how it ended.`);
    return load;
  }

  async function create(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const load = await requireOpen(request, readNamedLoad(request.headers['upload-metadata']));
    if (Number(request.headers['upload-length']) !== load.bytes)
      throw new HubError(
        'BAD_REQUEST',
        `${load.id} was announced with ${load.bytes} bytes, which Upload-Length must say.`,
      );
    if (await exists(join(folder, load.id)))
      throw new HubError(
        'BAD_REQUEST',
        `The upload of ${load.id} has begun. Ask with HEAD how far it is, and go on with PATCH.`,
      );
    await uploads.handle(request, response);
  }

  async function patch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await requireOpen(request, UPLOAD.exec(pathOf(request))?.[1]);
    await uploads.handle(request, response);
  }

  async function read(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const path = pathOf(request);
    const [, id, report] = REPORT.exec(path) ?? [];
    if (report === undefined) {
      await requireOwn(request, UPLOAD.exec(path)?.[1]);
      if (request.method !== 'HEAD')
        throw new HubError('METHOD_NOT_ALLOWED', 'An upload is asked for with HEAD.', { allow: 'HEAD, PATCH' });
      return uploads.handle(request, response);
    }
    const load = await requireOwn(request, id);
    await sendReport(
      join(folder, `${load.id}.${report}.csv`),
      `${load.id}-${report}.csv`,
      request,
      response,
      requestId,
    );
  }

  return [
    { method: 'POST', path: '/loads', handle: create },
    { method: 'PATCH', path: '/loads/*', handle: patch },
    { method: 'GET', path: '/loads/*', handle: read },
  ];
}

const pathOf = ({ url = '' }: IncomingMessage): string => url.split('?', 1)[0]!;

/** The load that an upload is for, in the metadata of the tus protocol: `load <base64>`. */
function readNamedLoad(metadata: string | string[] | undefined): string | undefined {
  if (typeof metadata !== 'string') return undefined;
  const named = metadata.split(',').map((pair) => pair.trim().split(' '));
  const [, value] = named.find(([name]) => name === 'load') ?? [];
  return value === undefined ? undefined : Buffer.from(value, 'base64').toString();
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

async function sendReport(
  file: string,
  name: string,
  { method }: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<void> {
  const handle = await open(file).catch(() => {
    throw new HubError('NOT_FOUND', 'There is no such report: no row was rejected, or it was removed after 30 days.');
  });
  const { size } = await handle.stat();
  response.writeHead(200, {
    'content-type': 'text/csv; charset=utf-8',
    'content-length': size,
    'content-disposition': `attachment; filename="${name}"`,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    [REQUEST_ID_HEADER]: requestId,
  });
  if (method !== 'HEAD') return pipeline(handle.createReadStream(), response);
  await handle.close();
  response.end();
}
