import { type GovernanceModule, requirePermission } from '../core/index.js';
import { CorrectionFieldsResolver } from './correction-fields.resolver.js';
import { CorrectionResult } from './correction-result.type.js';
import { CorrectionTime } from './correction-time.type.js';
import { Correction, CorrectionConnection } from './correction.entity.js';
import { CorrectionResolver } from './correction.resolver.js';
import { DisputedItem } from './disputed-item.type.js';
import { CorrectionFileResult } from './files/correction-file-result.type.js';
import { CorrectionFile } from './files/correction-file.entity.js';
import { CorrectionFileResolver } from './files/correction-file.resolver.js';
import { multiSource } from './multi-source/module.js';
import { ItemProof } from './follow/item-proof.type.js';
import { CorrectionReceiptResult } from './receipt/correction-receipt-result.type.js';
import { CorrectionReceipt, CorrectionReceiptConnection } from './receipt/correction-receipt.entity.js';
import { CorrectionReceiptResolver } from './receipt/correction-receipt.resolver.js';
import { ReceivedAnswer } from './receipt/received-answer.type.js';
import { handOverCorrections } from './hand-over.js';

/** Reports of wrong data, their correction at the source, and the departments that are told; checks that find what differs. */
export const correction: GovernanceModule = {
  name: 'correction',
  resolvers: [
    CorrectionResolver,
    CorrectionFieldsResolver,
    CorrectionReceiptResolver,
    CorrectionFileResolver,
    ...multiSource.resolvers,
  ],
  types: [
    Correction,
    CorrectionConnection,
    CorrectionResult,
    CorrectionTime,
    ItemProof,
    DisputedItem,
    CorrectionReceipt,
    CorrectionReceiptConnection,
    CorrectionReceiptResult,
    ReceivedAnswer,
    CorrectionFile,
    CorrectionFileResult,
    ...multiSource.types,
  ],
  entities: [Correction, CorrectionReceipt, CorrectionFile, ...multiSource.entities],
  tables: ['correction', 'correction_receipt', 'correction_file', ...multiSource.tables],
  handOver: handOverCorrections,
  permissions: {
    Query: {
      corrections: requirePermission('correction:read'),
      correction: requirePermission('correction:read'),
      correctionReceipts: requirePermission('correction:read'),
      disputedItems: requirePermission('inbox:read'),
      ...multiSource.permissions.Query,
    },
    Mutation: {
      reportCorrection: requirePermission('correction:report'),
      feedBackMismatch: requirePermission('correction:object'),
      withdrawCorrection: requirePermission('correction:report'),
      dispatchCorrection: requirePermission('correction:dispatch'),
      acceptCorrection: requirePermission('correction:decide'),
      decideCorrection: requirePermission('correction:decide'),
      objectToCorrection: requirePermission('correction:object'),
      closeCorrection: requirePermission('correction:object'),
      coordinateCorrection: requirePermission('correction:coordinate'),
      attachToCorrection: requirePermission('correction:report'),
      confirmCorrectionReceipt: requirePermission('correction:confirm-result'),
      ...multiSource.permissions.Mutation,
    },
  },
};
