import type { CorrectionDecision, CorrectionState, Verdict } from '../correction-state.rule.js';
import { isBlank, reject, type CommandOutcome, type CorrectionContext } from './correction-command.rule.js';
import { say } from '../messages/index.js';
import { joinTexts } from '../../../../shared/kernel/index.js';

interface JudgementInput {
  readonly verdict: Verdict;
  readonly items?: readonly string[] | undefined;
  readonly reason: string;
}

/** Decides whether the items are corrected: all of them, some, or none. Each way needs its reason. */
export function judge(
  state: CorrectionState,
  { items, process, now }: CorrectionContext,
  { verdict, items: named, reason }: JudgementInput,
  by: Pick<CorrectionDecision, 'by' | 'reference'>,
): CommandOutcome {
  const { clauses } = process.decision;
  if (isBlank(reason)) return reject('REASON_MISSING', say('judge.reason'), clauses);
  const chosen = verdict === 'REJECTED' ? [] : [...new Set(named ?? items)];
  const strange = chosen.filter((item) => !items.includes(item));
  if (strange.length > 0)
    return reject('ITEM_UNKNOWN', say('judge.notReported', { items: joinTexts(strange, ',') }), clauses);
  if (verdict === 'UPHELD' && chosen.length < items.length)
    return reject('CORRECTION_MALFORMED', say('judge.partly'), clauses);
  if (verdict === 'PARTLY' && (chosen.length === 0 || chosen.length === items.length))
    return reject('CORRECTION_MALFORMED', say('judge.some'), clauses);
  // The result of a coordination is proven and told anew.
  const { corrected: _, notified: __, ...times } = state.times;
  return {
    state: {
      ...state,
      status: verdict === 'REJECTED' ? 'REJECTED' : 'UPHELD',
      decision: { verdict, items: chosen, reason, ...by },
      times: { ...times, decided: now },
      since: now,
    },
  };
}
