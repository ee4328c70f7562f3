import { rule } from '../../../shared/share/shield.js';
import { describeRelease } from '../../../shared/share/releases/describe-release.rule.js';
import { Denial } from '../../request/denial.js';
import type { RuleInput } from '../decision.js';
import { labelOf, say } from '../../request/messages/index.js';

/** An item that rests on a release without its owner's consent is given to nobody, its own provider included: to compute
 *  it, another's item would have to be sent.
 *  @source share-rules section 1, rules 9 and 10 */
export const refuseStopped = rule('release-stopped', { cache: 'no_cache' })((
  _parent,
  _args,
  { item, mode }: RuleInput,
) => {
  const { stopped } = item;
  if (!stopped) return true;
  const why = stopped.owner === '' ? say('release.ownerless') : say('release.unconsented', { owner: stopped.owner });
  return new Denial(
    'RELEASE_NOT_CONSENTED',
    item,
    say('item.stopped', { item: labelOf(item), release: describeRelease(stopped), why }),
    undefined,
    mode,
    stopped,
  );
});
