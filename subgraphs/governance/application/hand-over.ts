import { sql, type SqlBool } from 'kysely';
import { destinationsOf, type HandOver } from '../core/index.js';
import { findPublishedItems } from '../catalogue/index.js';
import { findDeciders } from '../register/index.js';
import { say } from './messages/index.js';
import { applicationTables } from './tables.js';

/** Hands over open applications to the department that asks now, and their reviews to those that provide now. What is closed
 *  keeps the departments of its time, and is seen by their successors too. */
export async function handOverApplications(handOver: HandOver): Promise<void> {
  await moveApplicants(handOver);
  await moveReviews(handOver);
  await showHistory(handOver);
}

async function moveApplicants({ database, moves, moved }: HandOver): Promise<void> {
  const db = applicationTables(database);
  const open = await db
    .selectFrom('share_application')
    .select(['id', 'department', 'scenario', 'form'])
    .where('state', 'in', ['DRAFT', 'SUBMITTED'])
    .orderBy('id')
    .execute();
  for (const { id, department: from, scenario, form } of open) {
    const code = scenario ?? form.scenario;
    const to = moves.scenarios.find((each) => each.from === from && each.code === code)?.to ?? moves.ended.get(from);
    if (to === undefined) continue;
    await db
      .updateTable('share_application')
      .set((eb) => ({
        department: to,
        visible_to: sql<string[]>`array_append(array_remove(${eb.ref('visible_to')}, ${from}::text), ${to}::text)`,
        version: eb('version', '+', 1),
      }))
      .where('id', '=', id)
      .execute();
    const reviews = await db
      .updateTable('application_track')
      .set((eb) => ({
        department: to,
        waits_on: sql<string[]>`array_replace(${eb.ref('waits_on')}, ${from}::text, ${to}::text)`,
      }))
      .where('application', '=', id)
      .where('closed_at', 'is', null)
      .returning('provider')
      .execute();
    moved(
      'APPLICATION',
      `application/${id}`,
      from,
      to,
      reviews.map(({ provider }) => provider),
    );
  }
}

async function moveReviews({ database, moves, moved, gap }: HandOver): Promise<void> {
  const db = applicationTables(database);
  const open = await db
    .selectFrom('application_track as review')
    .innerJoin('share_application as whole', 'whole.id', 'review.application')
    .select(['review.id', 'review.application', 'review.provider', 'review.kind', 'review.department'])
    .select(['whole.applicant', 'whole.form'])
    .where('review.closed_at', 'is', null)
    .orderBy('review.id')
    .execute();
  for (const { id, application, provider: from, kind, department, applicant, form } of open) {
    const own = ownItems(moves, from, form.coordinates ?? []);
    const left = own.length > 0 ? await findPublishedItems(database, form.coordinates ?? []) : [];
    const staying = left.filter(({ provider: now }) => now === from).map(({ coordinate }) => coordinate);
    const [to, ...others] =
      kind === 'UNCATALOGUED' ? [moves.ended.get(from) ?? from] : destinationsOf(moves, from, [...own, ...staying]);
    const object = `application/${id}`;
    if (others.length > 0) {
      gap('CASE_SPLIT', object, say('handOver.split', { departments: [to, ...others].join(', ') }));
      continue;
    }
    const provider = to ?? moves.ended.get(from) ?? from;
    if (provider === department) {
      gap('SAME_DEPARTMENT', object, say('handOver.ownCause', { department }));
      continue;
    }
    if (provider === from) continue;
    const asked = await db
      .selectFrom('application_event')
      .select('actor')
      .distinct()
      .where('application', '=', application)
      .where('what', 'in', ['START', 'CHANGE', 'SUBMIT', 'RESUBMIT'])
      .execute();
    const bound = new Set([applicant, ...asked.map(({ actor }) => actor)]);
    if (!(await findDeciders(database, provider)).some((person) => !bound.has(person)))
      gap('REVIEWER_MISSING', object, say('handOver.noReviewer', { department: provider }));
    await db
      .updateTable('application_track')
      .set((eb) => ({
        provider,
        version: eb('version', '+', 1),
        state: sql<never>`jsonb_set(${eb.ref('state')}, '{version}', to_jsonb(${eb.ref('version')} + 1))`,
        waits_on: sql<string[]>`array_replace(${eb.ref('waits_on')}, ${from}::text, ${provider}::text)`,
      }))
      .where('id', '=', id)
      .execute();
    await db
      .updateTable('share_application')
      .set((eb) => ({
        visible_to: sql<
          string[]
        >`array_append(array_remove(${eb.ref('visible_to')}, ${provider}::text), ${provider}::text)`,
        ...(kind === 'UNCATALOGUED' && {
          form: sql<never>`jsonb_set(${eb.ref('form')}, '{uncatalogued,provider}', to_jsonb(${provider}::text))`,
        }),
      }))
      .where('id', '=', application)
      .execute();
    moved('APPLICATION', object, from, provider, [department]);
  }
}

/** Items of an application that a department provides: those that go somewhere, and the rest where it stays. */
const ownItems = (
  { resources }: HandOver['moves'],
  from: string,
  coordinates: readonly string[],
): readonly string[] => {
  const gone = new Set(resources.flatMap((move) => (move.from === from ? move.coordinates : [])));
  return coordinates.filter((each) => gone.has(each));
};

async function showHistory({ database, moves }: HandOver): Promise<void> {
  for (const [from, to] of moves.ended)
    await applicationTables(database)
      .updateTable('share_application')
      .set((eb) => ({ visible_to: sql<string[]>`array_append(${eb.ref('visible_to')}, ${to}::text)` }))
      .where((eb) => sql<SqlBool>`${from}::text = any(${eb.ref('visible_to')})`)
      .where((eb) => sql<SqlBool>`not ${to}::text = any(${eb.ref('visible_to')})`)
      .execute();
}
