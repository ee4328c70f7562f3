import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { HubError, type Caller } from '../../../shared/kernel/index.js';
import type { AnnouncedLoad } from '../../../shared/read-model/read-load.js';
import { refuseDuplicates } from '../request-headers.js';
import type { Route } from '../routes.js';
import { sendFile } from '../uploads/send-file.js';
import { uploadHandlers } from '../uploads/upload-handlers.js';
import { say } from '../../request/messages/index.js';

export interface LoadRoutesOptions {
  /** Folder of the uploaded files and of the reports. */
  readonly folder: string;
  /** @throws HubError of the caller's codes */
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  readonly readLoad: (id: string) => Promise<AnnouncedLoad | undefined>;
}

const ID = /^L-\d{6,15}$/;
const REPORT = /^\/loads\/(L-\d{6,15})\/(problems|rows)\.csv$/;

/** Addresses of files that are loaded: uploads by the tus protocol, and reports of what was wrong. Each request says who
 *  calls, and only the department that announced the load comes near it. */
export function loadRoutes({ folder, identify, readLoad }: LoadRoutesOptions): Route[] {
  async function requireOwn(request: IncomingMessage, id: string | undefined): Promise<{ id: string } & AnnouncedLoad> {
    refuseDuplicates(request);
    const caller = await identify(request.headers);
    if (!caller) throw new HubError('UNAUTHENTICATED', say('load.noToken'));
    const load = id !== undefined && ID.test(id) ? await readLoad(id) : undefined;
    // A load of another department looks like none.
    if (!load || load.department !== caller.department || !caller.roles.includes('provider'))
      throw new HubError('NOT_FOUND', say('load.unknown'));
    return { id: id!, ...load };
  }

  async function requireOpen(request: IncomingMessage, id: string | undefined) {
    const load = await requireOwn(request, id);
    if (load.state !== 'ANNOUNCED') throw new HubError('BAD_REQUEST', say('load.closed', { load: load.id }));
    return load;
  }

  const { create, patch, ask } = uploadHandlers({ folder, path: '/loads', key: 'load', requireOpen, requireOwn });

  async function read(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const [, id, report] = REPORT.exec(request.url?.split('?', 1)[0] ?? '') ?? [];
    if (report === undefined) return ask(request, response);
    const load = await requireOwn(request, id);
    const file = {
      file: join(folder, `${load.id}.${report}.csv`),
      name: `${load.id}-${report}.csv`,
      mediaType: 'text/csv; charset=utf-8',
      missing: say('load.noReport'),
    };
    await sendFile(file, request, response, requestId);
  }

  return [
    { method: 'POST', path: '/loads', handle: create },
    { method: 'PATCH', path: '/loads/*', handle: patch },
    { method: 'GET', path: '/loads/*', handle: read },
  ];
}
