import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { HubError, type Caller, type Language } from '../../../shared/kernel/index.js';
import { say } from '../../request/messages/index.js';
import { compress, encodingFor } from '../compress-answer.js';
import { writeText } from '../reply.js';
import { readLanguage, readScenario, refuseDuplicates } from '../request-headers.js';
import type { Route } from '../routes.js';

/** The caller who asks about the schema, and their purpose. */
export interface SchemaReader {
  readonly caller: Caller;
  readonly scenario: string | undefined;
  readonly language: Language;
}
export interface SchemaRoutesOptions {
  /** @throws HubError of the caller's codes */
  readonly identify: (headers: IncomingHttpHeaders) => Promise<Caller | undefined>;
  /** The consumers' schema in force, as SDL.
   *  @throws HubError NOT_READY */
  readonly printSdl: () => string;
  /** @throws HubError NOT_READY, SCENARIO_UNKNOWN */
  readonly describeTypes: (names: readonly string[], reader: SchemaReader) => Promise<unknown>;
  /** Of callers that name none. */
  readonly language: Language;
}

/** Types that one request describes, at most. */
export const MOST_TYPES = 50;
const SDL_TYPE = 'application/graphql; charset=utf-8';

/** The schema that departments ask by: as SDL for their tools at `/schema.graphql`, and type by type, with the decision on each
 *  item, for a query builder at `/schema/types?name=…`, under the scenario of the header `share-scenario`. The catalogue is
 *  open to every department, so every signed-in caller is shown it; nothing of it is data.
 *  @source share-rules section 2, "Visibility" */
export function schemaRoutes({ identify, printSdl, describeTypes, language }: SchemaRoutesOptions): Route[] {
  async function requireReader(request: IncomingMessage): Promise<SchemaReader> {
    refuseDuplicates(request);
    const caller = await identify(request.headers);
    if (!caller) throw new HubError('UNAUTHENTICATED', say('http.introspection'));
    return { caller, scenario: readScenario(request.headers), language: readLanguage(request.headers, language) };
  }

  return [
    {
      method: 'GET',
      path: '/schema.graphql',
      async handle(request, response, requestId) {
        await requireReader(request);
        await write(request, response, SDL_TYPE, printSdl(), requestId);
      },
    },
    {
      method: 'GET',
      path: '/schema/types',
      async handle(request, response, requestId) {
        const reader = await requireReader(request);
        const names = new URL(request.url!, 'http://hub.invalid').searchParams.getAll('name');
        if (names.length === 0 || names.length > MOST_TYPES)
          throw new HubError('BAD_REQUEST', say('http.typeNames', { most: MOST_TYPES }));
        const types = await describeTypes(names, reader);
        await write(request, response, 'application/json; charset=utf-8', JSON.stringify({ types }), requestId);
      },
    },
  ];
}

async function write(
  request: IncomingMessage,
  response: ServerResponse,
  type: string,
  text: string,
  requestId: string,
): Promise<void> {
  const encoding = encodingFor(request.headers['accept-encoding'], text);
  const extra = encoding ? ['content-encoding', encoding, 'vary', 'accept-encoding'] : [];
  writeText(response, 200, type, encoding ? await compress(text, encoding) : text, requestId, extra);
}
