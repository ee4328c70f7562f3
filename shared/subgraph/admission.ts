import { Kind, OperationTypeNode, parse, type FieldNode, type SelectionNode } from 'graphql';
import { HubError } from '../kernel/index.js';
import { verifyContext, type FetchContext } from '../trust/signed-context.js';
import type { SharedKeys } from '../trust/subgraph-keys.js';
import { AcceptedContexts, type ContextMemory } from './accepted-contexts.js';
import type { ReceivedBody } from './body.js';

/** Lets a request in, or says why not. @source share-rules section 4 */
export type Admission = (token: string | undefined, received: ReceivedBody) => Promise<FetchContext>;

/** Admits what carries the hub's signed context, each context once, and with a registration context nothing but
 *  `_service { sdl }`.
 *  @param keys      an older one lets in until its time
 *  @param accepted  where it is remembered which contexts were accepted; in this process alone where not given
 *  @throws HubError CONTEXT_REFUSED */
export function requireHubContext(
  subgraph: string,
  keys: SharedKeys,
  now: () => number,
  accepted: ContextMemory = new AcceptedContexts(),
): Admission {
  return async (token, { body, bytes }) => {
    const at = now();
    const held = keys().flatMap(({ key, until }) => (until === undefined || at < until ? [key] : []));
    const context = verifyContext(token, held, { audience: subgraph, body: bytes, now: at });
    if (context.use !== undefined && !(context.use === 'register' && readsOnlySdl(body.query))) {
      throw new HubError(
        'CONTEXT_REFUSED',
        "The hub's signed context was refused: a registration context reads _service { sdl } and nothing else.",
      );
    }
    await accepted.accept(context, at);
    return context;
  };
}

/** Admits everything as a caller without roles. For trying an engine against the subgraph, never for real data. */
export const admitEverything =
  (subgraph: string): Admission =>
  async () => ({ audience: subgraph, department: '', system: '', requestId: '', bodyHash: '', id: '', expiresAt: 0 });

function readsOnlySdl(query: string): boolean {
  try {
    const { definitions } = parse(query, { noLocation: true, maxTokens: 50 });
    const [operation] = definitions;
    return (
      definitions.length === 1 &&
      operation?.kind === Kind.OPERATION_DEFINITION &&
      operation.operation === OperationTypeNode.QUERY &&
      operation.selectionSet.selections.every(
        (root) =>
          isField(root, '_service') && (root.selectionSet?.selections ?? []).every((leaf) => isField(leaf, 'sdl')),
      )
    );
  } catch {
    return false;
  }
}

const isField = (node: SelectionNode, name: string): node is FieldNode =>
  node.kind === Kind.FIELD && node.name.value === name;
