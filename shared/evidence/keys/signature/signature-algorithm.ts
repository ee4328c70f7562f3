/** Signature algorithms for heads; `SM2` is SM2 with SM3.
 *  @source GM/T 0003.2, GM/T 0009; RFC 8032 */
export const SIGNATURE_ALGORITHMS = ['Ed25519', 'SM2'] as const;
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

/** Interface of a signature algorithm; keys are SubjectPublicKeyInfo and PKCS #8 in DER. */
export interface Signatures {
  make(): { readonly publicKey: Buffer; readonly privateKey: Buffer };
  /** @throws when the key is not one of this algorithm */
  signer(privateKey: Buffer): (bytes: Buffer) => Buffer;
  /** A signature that is not one is no fault: it does not fit. @throws when the key is not one of this algorithm */
  verifier(publicKey: Buffer): (bytes: Buffer, signature: Buffer) => boolean;
}
