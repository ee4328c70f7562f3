import {
  cleanText,
  type FileAnnouncement,
  findFileProblem,
  type GovernanceContext,
  type MediaType,
  MOST_FILES,
  nextNumber,
  type Recorded,
  refuse,
} from '../../core/index.js';
import { ShareApplication } from '../draft/share-application.entity.js';
import { say } from '../messages/index.js';
import { canSeeApplication } from '../review/visibility.js';
import { ApplicationFile, type ApplicationFileResult } from './application-file.entity.js';

/** Announces a file that supports an application of the caller's department, while it is open. It is uploaded to
 *  `/application-files`. */
export async function attachToApplication(
  { em, fetch, own: { auditLog, now } }: GovernanceContext,
  application: string,
  file: FileAnnouncement,
): Promise<ApplicationFileResult> {
  const { department, person, system } = fetch;
  const problem = findFileProblem(file);
  if (problem) return refuse('FILE_UNFIT', problem);
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<ApplicationFileResult>> => {
    const row = await em.findOne(ShareApplication, { id: application }, { disableIdentityMap: true });
    if (!row || !(await canSeeApplication(em, row, fetch)))
      return { result: refuse('APPLICATION_UNKNOWN', say('file.unknown', { id: application.slice(0, 40) })) };
    if (row.department !== department) return { result: refuse('NOT_ENTITLED', say('file.entitled')) };
    // Who may see one by special procedure is decided person by person, which a store of files does not.
    if (row.typed.special) return { result: refuse('NOT_ENTITLED', say('file.special')) };
    if (row.closedAt) return { result: refuse('FINAL', say('file.closed', { application })) };
    const open = { application, department, state: { $in: ['ANNOUNCED' as const, 'STORED' as const] } };
    const known = await em.findOne(ApplicationFile, { ...open, sha256: file.sha256 }, { disableIdentityMap: true });
    if (known) return { result: { file: known } };
    if ((await em.count(ApplicationFile, open)) >= MOST_FILES)
      return { result: refuse('TOO_MANY', say('file.most', { most: MOST_FILES })) };
    const id = await nextNumber(em, 'application_file_number', 'AF');
    await em.insert(ApplicationFile, {
      ...{ id, application, department, name: cleanText(file.fileName), mediaType: file.mediaType as MediaType },
      ...{ bytes: file.bytes, sha256: file.sha256, state: 'ANNOUNCED' as const },
      ...{ announcedAt: new Date(now()), announcedBy: person ?? system },
    });
    return {
      result: { file: await em.findOneOrFail(ApplicationFile, { id }, { disableIdentityMap: true }) },
      decision: {
        act: 'ATTACH_TO_APPLICATION',
        object: `application/${application}`,
        // Departments that see it; before it is submitted that is the own one.
        concerns: row.visibleTo.filter((key) => !/^[*@]/.test(key)),
        terms: { file: id, bytes: file.bytes, sha256: file.sha256 },
      },
    };
  });
}
