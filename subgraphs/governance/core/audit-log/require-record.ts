import { HubError } from '../../../../shared/kernel/index.js';
import { say } from '../messages/index.js';

/** Runs a step that the record of an act depends on.
 *  @throws HubError EVIDENCE_UNAVAILABLE when the step fails; its transaction changes nothing then */
export async function requireRecord<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step();
  } catch (cause) {
    const message = say('record.unavailable');
    throw new HubError('EVIDENCE_UNAVAILABLE', message, {}, { cause });
  }
}
