import { sql } from 'kysely';
import { anyOf, type Database, destinationsOf, type HandOver, nextNumber } from '../core/index.js';
import { findAskingDepartments } from '../register/index.js';
import { say } from './messages/index.js';
import { grantTables } from './tables.js';

/** Hands over live grants with their scenarios and items, consents, protections, locks and what is counted of guesses. */
export async function handOverGrants(handOver: HandOver): Promise<void> {
  await moveGrants(handOver);
  await moveConsents(handOver);
  await copyProtections(handOver);
  await moveLocks(handOver);
}

async function moveGrants({ database, moves, moved, gap }: HandOver): Promise<void> {
  const db = grantTables(database);
  const live = await db
    .selectFrom('share_grant')
    .select(['id', 'department', 'scenario', 'provider', 'coordinates'])
    .where('revoked_at', 'is', null)
    .where('until_at', '>', moves.at)
    .orderBy('id')
    .execute();
  const asking = await findAskingDepartments(database, [...new Set(moves.scenarios.map(({ to }) => to))]);
  for (const { id, department: from, scenario, provider, coordinates } of live) {
    const object = `grant/${id}`;
    const items = moves.resources.filter((move) => coordinates.some((each) => move.coordinates.includes(each)));
    const holder = moves.scenarios.find((each) => each.from === from && each.code === scenario);
    if (holder && !asking.has(holder.to))
      gap('CONSUMER_MISSING', object, say('handOver.noConsumer', { department: holder.to, scenario }));
    const [decides] = provider == null ? [] : destinationsOf(moves, provider, coordinates);
    const change = {
      ...(holder && { department: holder.to }),
      ...(decides !== undefined && decides !== provider && { provider: decides }),
    };
    if (Object.keys(change).length > 0) await db.updateTable('share_grant').set(change).where('id', '=', id).execute();
    const parties = [...new Set(items.flatMap((move) => [move.from, move.to]))];
    if (holder) moved('GRANT', object, from, holder.to, parties);
    for (const { from: owner, to } of items.filter((move, at) => items.findIndex((each) => each.to === move.to) === at))
      moved('GRANT', object, owner, to, [holder?.to ?? from]);
  }
}

async function moveConsents({ database, moves, moved }: HandOver): Promise<void> {
  const db = grantTables(database);
  const open = await db
    .selectFrom('owner_consent')
    .select(['id', 'item', 'owner', 'receiver', 'receiver_subgraph', 'coordinate'])
    .where('revoked_at', 'is', null)
    .where('refused_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('until_at', '>', moves.at)
    .orderBy('id')
    .execute();
  const typeOf = (at: string) => at.split('.', 1)[0];
  for (const consent of open) {
    const { id, item, owner, receiver } = consent;
    const source = moves.resources.find(
      (each) => each.from === owner && (each.coordinates.includes(item) || (each.type ?? '') === typeOf(item)),
    );
    const target = moves.resources.find(
      (each) =>
        each.from === receiver &&
        each.subgraph === consent.receiver_subgraph &&
        (each.coordinates.includes(consent.coordinate) || (each.type ?? '') === typeOf(consent.coordinate)),
    );
    const next = {
      owner: source?.to ?? moves.ended.get(owner) ?? owner,
      receiver: target?.to ?? moves.ended.get(receiver) ?? receiver,
    };
    if (next.owner === owner && next.receiver === receiver) continue;
    const object = `consent/${id}`;
    if (next.owner === next.receiver) {
      // A department needs no consent to what is its own.
      const revocation = say('handOver.ownItem', { reform: moves.reform }).in('zh');
      await db
        .updateTable('owner_consent')
        .set({ revoked_at: moves.at, revoked_by: moves.by, revocation })
        .where('id', '=', id)
        .execute();
      moved('CONSENT', object, owner, null, [receiver, next.owner]);
      continue;
    }
    await db.updateTable('owner_consent').set(next).where('id', '=', id).execute();
    if (next.owner !== owner) moved('CONSENT', object, owner, next.owner, [next.receiver]);
    if (next.receiver !== receiver) moved('CONSENT', object, receiver, next.receiver, [next.owner]);
  }
}

/** Whose records a department protects, every department protects that has resources of it now: nobody is shown by a reform. */
async function copyProtections({ database, moves, moved }: HandOver): Promise<void> {
  const db = grantTables(database);
  const owners = new Set([...moves.resources.map(({ from }) => from), ...moves.ended.keys()]);
  for (const from of owners) {
    const heir = moves.ended.get(from);
    const others = new Set(
      moves.resources.filter((each) => each.from === from && each.to !== heir).map(({ to }) => to),
    );
    const live = await db
      .selectFrom('subject_protection')
      .select('id')
      .where('owner', '=', from)
      .where('state', 'in', ['PROPOSED', 'IN_FORCE', 'END_PROPOSED'])
      .orderBy('id')
      .execute();
    for (const protection of live) {
      const object = `protection/${protection.id}`;
      for (const owner of others) {
        const id = await nextNumber(database, 'subject_protection_number', 'PT');
        await sql`
          insert into subject_protection (id, owner, kind, sealed, subject_key, subject_hash, purposes, reference, reason, basis,
                 until_at, state, proposed_at, proposed_by, confirmed_at, confirmed_by, end_proposed_at, end_proposed_by, end_reason)
          select ${id}, ${owner}, kind, sealed, subject_key, subject_hash, purposes, reference, reason, basis,
                 until_at, state, proposed_at, proposed_by, confirmed_at, confirmed_by, end_proposed_at, end_proposed_by, end_reason
            from subject_protection where id = ${protection.id}`.execute(db);
        moved('PROTECTION', object, from, owner);
      }
      if (heir === undefined) continue;
      await db.updateTable('subject_protection').set({ owner: heir }).where('id', '=', protection.id).execute();
      moved('PROTECTION', object, from, heir);
    }
  }
  for (const { code, from, to } of moves.scenarios)
    await sql`
      update subject_protection set purposes = (
        select jsonb_agg(case when purpose ->> 'department' = ${from} and purpose ->> 'scenario' = ${code}
                              then jsonb_set(purpose, '{department}', to_jsonb(${to}::text)) else purpose end)
          from jsonb_array_elements(purposes) as purpose)
       where state in ('PROPOSED', 'IN_FORCE', 'END_PROPOSED')
         and purposes @> ${JSON.stringify([{ department: from, scenario: code }])}::jsonb`.execute(db);
}

async function moveLocks({ database, moves, moved }: HandOver): Promise<void> {
  const db = grantTables(database);
  const locks = await db
    .selectFrom('verification_lock')
    .select(['id', 'item', 'provider', 'asker'])
    .where('state', '=', 'LOCKED')
    .orderBy('id')
    .execute();
  for (const { id, item, provider, asker } of locks) {
    const [to = provider] = destinationsOf(moves, provider, [item]);
    const next = { provider: to, asker: moves.ended.get(asker) ?? asker };
    if (next.provider === provider && next.asker === asker) continue;
    await db.updateTable('verification_lock').set(next).where('id', '=', id).execute();
    moved('VERIFICATION_LOCK', `verification-lock/${id}`, provider, next.provider, [next.asker]);
  }
  for (const [from, to] of moves.ended) {
    // Whoever had guessed up to the limit has done so in the other department, too.
    await sql`
      insert into verification_miss as known (subject, item, department, since, misses)
      select subject, item, ${to}, since, misses from verification_miss where department = ${from}
      on conflict (subject, item, department)
      do update set misses = known.misses + excluded.misses, since = greatest(known.since, excluded.since)`.execute(db);
    await db.deleteFrom('verification_miss').where('department', '=', from).execute();
  }
}

/** Filters live grants to those that name persons and now nobody. */
export async function findGrantsForNobody(database: Database, ids: readonly string[]): Promise<string[]> {
  const rows = await grantTables(database)
    .selectFrom('share_grant')
    .select('id')
    .where('id', '=', anyOf(ids))
    .where('revoked_at', 'is', null)
    .where('until_at', '>', sql<Date>`now()`)
    .where((eb) => sql<boolean>`${eb.ref('persons')} = '[]'::jsonb`)
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => id);
}
