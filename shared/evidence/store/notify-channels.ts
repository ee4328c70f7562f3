/** Channel on which new records are announced, with the newest position. */
export const EVIDENCE_CHANNEL = 'sharehub_evidence';
/** Channel on which it is announced that acts of governance are among them. */
export const ACT_CHANNEL = 'sharehub_acts';
