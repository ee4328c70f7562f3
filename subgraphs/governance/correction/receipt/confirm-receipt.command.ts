import { cleanText, findTextProblem, type GovernanceContext, type Recorded, refuse } from '../../core/index.js';
import type { CorrectionReceiptResult } from './correction-receipt-result.type.js';
import { CorrectionReceipt } from './correction-receipt.entity.js';
import { say } from '../messages/index.js';

/** Confirms that the department has the result of a correction, and says what it has done with it. Repeating it changes
 *  nothing.
 *  @source CZ-14d */
export async function confirmReceipt(
  { em, fetch, own: { auditLog, now } }: GovernanceContext,
  correction: string,
  note: string,
): Promise<CorrectionReceiptResult> {
  const { department, person, system } = fetch;
  const problem = findTextProblem('note', note, { max: 500, lines: true });
  if (problem) return refuse('TEXT_UNFIT', problem);
  return auditLog.transact(em, fetch, async (em): Promise<Recorded<CorrectionReceiptResult>> => {
    const find = () => em.findOne(CorrectionReceipt, { correction, department }, { disableIdentityMap: true });
    const receipt = await find();
    if (!receipt)
      return {
        result: refuse('CORRECTION_UNKNOWN', say('receipt.notTold', { correction: correction.slice(0, 40) })),
      };
    if (receipt.confirmedAt) return { result: { receipt } };
    await em.nativeUpdate(
      CorrectionReceipt,
      { correction, department },
      { confirmedAt: new Date(now()), confirmedBy: person ?? system, note: cleanText(note) },
    );
    return {
      result: { receipt: (await find())! },
      decision: { act: 'CONFIRM_CORRECTION', object: `correction/${correction}/${department}`, concerns: [] },
    };
  });
}
