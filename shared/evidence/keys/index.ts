export {
  evidenceKeysFile,
  knownKeys,
  openSigningKey,
  readPublicKeys,
  rotateSigningKey,
  signWith,
  type PublicKey,
} from './evidence-keys.js';
export { SIGNATURE_ALGORITHMS, type SignatureAlgorithm } from './signature/signature-algorithm.js';
export {
  forgetSubjectKey,
  rotateSubjectKey,
  SubjectKeys,
  subjectKeysFile,
  type SubjectHash,
  type SubjectHasher,
} from './subject-keys.js';
