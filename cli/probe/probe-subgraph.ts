import { checkAnswered, checkRefusals, SDL_BODY } from './admission-checks.js';
import { send, signFor, type Probed } from './ask-subgraph.js';
import { checkLimits } from './limit-checks.js';
import { failureOf, type ProbeCheck } from './probe-check.js';
import { findTargets } from './probe-targets.js';

/** Tries a running subgraph: does it answer the hub and nobody else, and keep to row scopes and masks?
 *  @source share-rules section 4 */
export async function probeSubgraph(subgraph: Probed): Promise<ProbeCheck[]> {
  const answered = await checkAnswered(subgraph);
  if (answered.result !== 'right') return [answered];
  return [answered, ...(await checkRefusals(subgraph)), ...(await checkSchema(subgraph))];
}

/** Reads the schema as at registration, and tries what it states. */
async function checkSchema(subgraph: Probed): Promise<ProbeCheck[]> {
  const check = 'schema with the registration credential';
  const reply = await send(subgraph, SDL_BODY, signFor(subgraph, SDL_BODY, { use: 'register' }));
  if (reply.kind === 'failed') return [failureOf(check, reply.code)];
  const sdl = reply.kind === 'data' && (reply.data['_service'] as { sdl?: unknown } | null)?.sdl;
  if (typeof sdl !== 'string')
    return [
      { check, result: 'wrong', code: 'SDL_NOT_READABLE', message: 'It does not show its schema to the registration.' },
    ];
  let targets;
  try {
    targets = findTargets(subgraph.name, sdl);
  } catch {
    return [{ check, result: 'wrong', code: 'SDL_UNREADABLE', message: 'Its schema is no federation 2 SDL.' }];
  }
  return [{ check, result: 'right' }, ...(await checkLimits(subgraph, targets))];
}
