// The face of the package, listed by hand.
export { type CanonicalError, canonicalBytes, canonicalText, parseCanonical, toCanonical } from "./canonical.ts"
export { type ChecksReport, checksReport } from "./checks-report.ts"
export {
  clauseHash,
  clausePair,
  type DraftContent,
  draftHash,
  hashPort,
  hashValue,
  type ProposalContent,
  planBytes,
  planHash,
  proposalHash,
  rankingCommitment,
  rowHash,
  sha256Hex,
  type TableProposalContent,
  tableHash,
  tableProposalHash,
} from "./hashes.ts"
export { fingerprintOf, type KeyCard, parseFingerprint, parseFingerprints, readKeyCard } from "./keys.ts"
export { MAX_CONTAINER_BYTES } from "./limits.ts"
export {
  buildManifest,
  clauseHashes,
  describeFile,
  type Manifest,
  type ManifestFile,
  type ManifestInput,
  manifestHash,
  parseManifest,
  tableHashes,
  UNLISTED,
} from "./manifest.ts"
export { buildPack, listSignatures, type PackInput, parseSignatures, type Signatures } from "./pack.ts"
export { type PackFile } from "./pack-file.ts"
export { embeddedFiles } from "./pdf.ts"
export { buildSignedCopy } from "./signed-copy.ts"
export {
  groupHex,
  type KeyPair,
  keyFingerprint,
  keyPairFromSeed,
  shortFingerprint,
  signStatement,
  statementBytes,
  verifyStatement,
} from "./statement.ts"
export { tooLargeReport, type VerifyOptions, verifyPack } from "./verify.ts"
export type { SignerKey, VerifyCheck, VerifyClaims, VerifyReport } from "./verify-report.ts"
export { type ContainerError, readContainer, writeContainer } from "./zip.ts"
