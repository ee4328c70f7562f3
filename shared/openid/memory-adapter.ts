import { LRUCache } from 'lru-cache';
import type { Adapter, AdapterFactory, AdapterPayload, ClientMetadata } from 'oidc-provider';

const MAX_ENTRIES = 20_000;

/** Sessions, codes and grants of the embedded provider, in memory: a restart asks persons to sign in again, and no
 *  more. Access tokens are signed and are not kept. Bounded, so that a flood of half-finished sign-ins cannot fill memory.
 *  @param findClient  looks up a client in the register as it is now */
export function createMemoryAdapter(findClient: (clientId: string) => ClientMetadata | undefined): AdapterFactory {
  const entries = new LRUCache<string, AdapterPayload>({ max: MAX_ENTRIES });
  const members = new LRUCache<string, Set<string>>({ max: MAX_ENTRIES });

  const adapterOf = (model: string): Adapter => {
    const key = (id: string) => `${model}:${id}`;
    const byUid = (uid: string) => `uid:${uid}`;
    return {
      async upsert(id, payload, expiresIn) {
        const ttl = expiresIn ? expiresIn * 1000 : undefined;
        entries.set(key(id), payload, { ttl });
        if (payload.uid) entries.set(byUid(payload.uid), { jti: id }, { ttl });
        if (!payload.grantId || model === 'Grant') return;
        const of = members.get(payload.grantId) ?? new Set();
        members.set(payload.grantId, of.add(key(id)));
      },
      async find(id) {
        return model === 'Client' ? findClient(id) : entries.get(key(id));
      },
      async findByUid(uid) {
        const pointer = entries.get(byUid(uid));
        return pointer?.jti ? entries.get(key(pointer.jti)) : undefined;
      },
      async findByUserCode() {
        return undefined;
      },
      async consume(id) {
        const entry = entries.get(key(id));
        if (entry) entry['consumed'] = Math.floor(Date.now() / 1000);
      },
      async destroy(id) {
        const uid = entries.get(key(id))?.uid;
        if (uid) entries.delete(byUid(uid));
        entries.delete(key(id));
      },
      async revokeByGrantId(grantId) {
        for (const member of members.get(grantId) ?? []) entries.delete(member);
        members.delete(grantId);
      },
    };
  };
  return adapterOf;
}
