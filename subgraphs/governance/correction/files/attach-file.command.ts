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
import { Correction } from '../correction.entity.js';
import { canSee } from '../visible-corrections.js';
import { CorrectionFile } from './correction-file.entity.js';
import type { CorrectionFileResult } from './correction-file-result.type.js';
import { say } from '../messages/index.js';

/** Announces an evidence file of a correction: the reporter's, or the provider's. It is uploaded to `/correction-files`. */
export async function attachFile(
  { em, fetch, own: { auditLog, holdsPost, now } }: GovernanceContext,
  correction: string,
  file: FileAnnouncement,
): Promise<CorrectionFileResult> {
  const { department, person, system } = fetch;
  const problem = findFileProblem(file);
  if (problem) return refuse('FILE_UNFIT', problem);
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<CorrectionFileResult>> => {
    const row = await em.findOne(Correction, { id: correction }, { disableIdentityMap: true });
    if (!row || !canSee(row, fetch))
      return {
        result: refuse('CORRECTION_UNKNOWN', say('case.unknown', { id: correction.slice(0, 40) })),
      };
    const isProvider =
      row.provider === department &&
      person !== undefined &&
      (await holdsPost(em, { person, department }, ['DATA_ADMINISTRATOR', 'DESIGNATED_PERSON']));
    if (row.department !== department && !isProvider)
      return {
        result: refuse('NOT_ENTITLED', say('file.entitled')),
      };
    if (row.closedAt) return { result: refuse('FINAL', say('file.closed', { correction })) };
    const known = await em.findOne(
      CorrectionFile,
      { correction, department, sha256: file.sha256, state: { $in: ['ANNOUNCED', 'STORED'] } },
      { disableIdentityMap: true },
    );
    if (known) return { result: { file: known } };
    if (
      (await em.count(CorrectionFile, { correction, department, state: { $in: ['ANNOUNCED', 'STORED'] } })) >=
      MOST_FILES
    )
      return { result: refuse('TOO_MANY', say('file.most', { most: MOST_FILES })) };
    const id = await nextNumber(em, 'correction_file_number', 'F');
    await em.insert(CorrectionFile, {
      ...{ id, correction, department, name: cleanText(file.fileName), mediaType: file.mediaType as MediaType },
      ...{ bytes: file.bytes, sha256: file.sha256, state: 'ANNOUNCED' as const },
      ...{ announcedAt: new Date(now()), announcedBy: person ?? system },
    });
    return {
      result: { file: await em.findOneOrFail(CorrectionFile, { id }, { disableIdentityMap: true }) },
      decision: {
        act: 'ATTACH_TO_CORRECTION',
        object: `correction/${correction}`,
        concerns: [row.department, ...(row.dispatchedAt ? [row.provider] : [])],
        terms: { file: id, bytes: file.bytes, sha256: file.sha256 },
      },
    };
  });
}
