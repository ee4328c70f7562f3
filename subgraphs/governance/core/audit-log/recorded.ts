import { HubError } from '../../../../shared/kernel/index.js';

/** Does what an act's record needs.
 *  @throws HubError EVIDENCE_UNAVAILABLE when it fails; the transaction that it is part of changes nothing then */
export async function recorded<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const message = 'The act cannot be recorded at present, so nothing was changed. Try again.';
    throw new HubError('EVIDENCE_UNAVAILABLE', message, {}, { cause });
  }
}
