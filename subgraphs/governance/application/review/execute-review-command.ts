import type { EntityManager } from '@mikro-orm/postgresql';
import type { AuditAction } from '../../../../shared/evidence/governance-act.js';
import { type Recorded, type GovernanceContext, queryIn, Refusal } from '../../core/index.js';
import type { TrackResult } from '../draft/application-result.js';
import { ApplicationStore } from '../draft/application.store.js';
import type { ApplicationTrack } from './provider-review.entity.js';
import { followEntry } from './entry-task.js';
import { grantFrom } from './grant-from-review.js';
import { readLevels } from '../draft/read-facts.js';
import type { ShareApplication } from '../draft/share-application.entity.js';
import type { Actor, Case, Command, Refused } from './review-command.rule.js';
import { escalationStep, openStep, type Track } from './review-state.rule.js';
import { act } from './provider-review.rule.js';
import { unfitTexts } from '../draft/unfit-texts.rule.js';
import { viewerKeys } from './viewer.js';

/** What is done to a track, and how it is written down. */
export interface Motion {
  /** Version of the track that who acts has seen; undefined where the hub itself acts on what there is. */
  readonly version: number | undefined;
  readonly act: AuditAction;
  readonly reason?: string | undefined;
  readonly basis?: readonly string[] | undefined;
  /** The command, once the rows are known; a refusal where it cannot be made. */
  readonly command: (
    row: ApplicationTrack,
    application: ShareApplication,
  ) => Command | Refusal | Promise<Command | Refusal>;
}

/** Hears one act on one track: either all of it is done, with the grant it ends in and its record, or nothing. Acts come
 *  one after the other, so of two who decide at once one wins and the other is told. */
export async function heard(
  id: string,
  context: GovernanceContext,
  em: EntityManager,
  motion: Motion,
): Promise<Recorded<TrackResult>> {
  const { fetch, own } = context;
  const now = own.now();
  const store = new ApplicationStore(em, { calendar: own.calendar, timeZone: own.profile.timeZone }, new Date(now));
  const row = await store.track(id);
  const application = row && (await store.find(row.application));
  if (!row || !application || !viewerKeys(fetch).some((key) => application.visibleTo.includes(key)))
    return { result: { refusal: Refusal.because('APPLICATION_UNKNOWN', `There is no ${id} that you may see.`) } };
  const command = await motion.command(row, application);
  const conditions = 'narrowing' in command ? command.narrowing?.conditions : undefined;
  const unfit = unfitTexts({ ...motion, conditions });
  if (unfit.length > 0)
    return {
      result: {
        track: row,
        refusal: Refusal.because('TEXT_UNFIT', 'Some texts cannot be recorded; nothing was done.', [], unfit),
      },
    };
  if (command instanceof Refusal) return { result: { track: row, refusal: command } };
  const levels = await readLevels(em, [row.provider, fetch.dep]);
  const of: Case = {
    process: row.process,
    applicant: { department: application.department, id: application.applicant },
    provider: row.provider,
    providerLevel: levels.get(row.provider),
    now,
    late: row.status === 'REVIEW' && row.dueAt != null && now >= row.dueAt.getTime(),
  };
  const outcome = act(
    row.state,
    of,
    command,
    { ...(await actorOf(context, em)), level: levels.get(fetch.dep) },
    motion.version ?? row.version,
  );
  if (!('track' in outcome))
    return { result: { track: row, refusal: await told(outcome.refused, row, motion, store) } };
  const clauses = [...clausesOf(row, outcome.track), ...(motion.basis ?? [])];
  const { track } = outcome;
  const agreed = track.status === 'AGREED' && track.terms.coordinates.length > 0;
  const grant = agreed ? await grantFrom(em, application, row, track, now) : undefined;
  const beside = await followEntry(em, application, row, track, own);
  const moved = await store.move(row, track, { ...beside, ...(grant && { grant: grant.id }) });
  const { reason } = motion;
  await store.happened(application.id, fetch, { what: motion.act, track: id, reason, clauses, version: track.version });
  const { status, terms, coordination } = track;
  return {
    result: { track: moved, ...(grant && { grant }) },
    decision: {
      ...{ act: motion.act, object: `application/${id}`, basis: clauses, reason },
      concerns: application.typed.special ? [] : [application.department, row.provider],
      terms: {
        ...{ status, version: track.version, mode: terms.mode, coordinates: terms.coordinates, rows: terms.rows },
        ...{ until: new Date(terms.until).toISOString(), quotaPerDay: terms.quotaPerDay, masks: terms.masks },
        ...{ conditions: terms.conditions, coordination: coordination?.reference, grant: grant?.id },
      },
    },
  };
}

async function actorOf({ fetch: { dep, per, sys, rol = [] } }: GovernanceContext, em: EntityManager): Promise<Actor> {
  const head =
    per !== undefined &&
    (await queryIn(em)(
      `select from appointment where officer = $1 and department = $2 and post = 'HEAD' and until_at is null`,
      [per, dep],
    ));
  return { department: dep, id: per ?? sys, roles: rol, isHead: head !== false && head.length > 0 };
}

/** Clauses of the step that was open. */
const clausesOf = ({ process, state }: ApplicationTrack, after: Track): string[] => [
  ...(openStep(process, state)?.clauses ?? escalationStep(process, state.level >= 0 ? state : after)?.clauses ?? []),
];

async function told(
  { code, message, clauses, details }: Refused,
  { id, version }: ApplicationTrack,
  motion: Motion,
  store: ApplicationStore,
): Promise<Refusal> {
  if (code !== 'STALE_VERSION' || motion.version === undefined || motion.version > version)
    return Refusal.because(code, message, clauses, details);
  const meanwhile = await store.since(id, motion.version);
  const events = meanwhile.map(
    ({ at, department, actor, what }) => `${at.toISOString()} ${what} by ${actor} of ${department}`,
  );
  return Refusal.because(code, `${message} Nothing of what you sent was done; look again.`, clauses, events);
}
