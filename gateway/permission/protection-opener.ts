import type { Logger } from 'pino';
import type { GovernanceSnapshot, Protection } from '../../shared/read-model/read-model.js';
import { openSubject } from '../../shared/trust/sealed-subject.js';
import type { EnvelopeKeys } from '../../shared/trust/secret-envelope.js';

/** Opens the identifiers of protected subjects, which governance keeps sealed. One that cannot be opened stays sealed, and
 *  nothing is asked of its owner's subgraphs. */
export class ProtectionOpener {
  constructor(
    private readonly keys: EnvelopeKeys,
    private readonly logger: Logger,
  ) {}

  /** @param previous  its protections are not opened again */
  async open(snapshot: GovernanceSnapshot, previous: GovernanceSnapshot | undefined): Promise<GovernanceSnapshot> {
    const { protections } = snapshot;
    if (!protections || protections === previous?.protections) return snapshot;
    const known = new Map(previous?.protections?.map((each) => [each.id, each]));
    return { ...snapshot, protections: await Promise.all(protections.map((each) => this.openOne(each, known))) };
  }

  private async openOne(protection: Protection, known: ReadonlyMap<string, Protection>): Promise<Protection> {
    const before = known.get(protection.id);
    if (before?.sealed === protection.sealed && before.identifier !== undefined)
      return { ...protection, identifier: before.identifier };
    try {
      return { ...protection, identifier: await openSubject(protection.sealed, protection, this.keys) };
    } catch (err) {
      const { id, owner } = protection;
      this.logger.error({ err, protection: id, owner }, 'a protected subject cannot be read; its owner is not asked');
      return protection;
    }
  }
}
