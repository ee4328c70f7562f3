/** Kinds of provisions that a refusal may rest on, as the law lists them (`BasisKind` of governance). */
export const basisKinds = [
  'LAW',
  'REGULATION',
  'ADMINISTRATIVE_REGULATION',
  'RULE',
  'CENTRAL_POLICY',
  'PROVINCIAL_POLICY',
  'STATE_PROVISION',
] as const;
