import type { CountsAnswer, CountsRequest, DigestsAnswer, DigestsRequest } from '../share/quality/quality-request.js';
import type { QualityObstacle } from '../share/quality/quality-rule.js';

/** Asks subgraphs, as the hub itself, to judge their records. */
export interface QualityDoor {
  /** @throws QualityRefusal */
  counts(subgraph: string, request: CountsRequest): Promise<CountsAnswer>;
  /** @throws QualityRefusal */
  digests(subgraph: string, request: DigestsRequest): Promise<DigestsAnswer>;
}

/** Why a subgraph gave no numbers. */
export class QualityRefusal extends Error {
  constructor(
    readonly reason: QualityObstacle,
    cause?: unknown,
  ) {
    super(reason, { cause });
  }
}
