/** Quotes and collateral of a made-up hierarchy, for tests and local networks. */
export {
  type CertificateSpec,
  type CrlSpec,
  extension,
  makeCertificate,
  makeCrl,
} from './certificate.ts';
export { pem } from './der.ts';
export {
  type ComponentLevelSpec,
  type LevelSpec,
  type ModuleIdentitySpec,
  qeIdentityJson,
  type QeIdentitySpec,
  signDocument,
  tcbInfoJson,
  type TcbInfoSpec,
  type Writable,
  writeJson,
} from './documents.ts';
export { sign, type TestKey, testKey } from './keys.ts';
export { DEFAULT_PLATFORM, type PlatformSpec, sgxExtension } from './platform.ts';
export { type BodyKind, makeQuote, type Patch, type QeSpec, type QuoteSpec } from './quote.ts';
export {
  createTestWorld,
  makeWorldQuote,
  TEST_ROOT_WARNING,
  type TestKeys,
  type TestWorld,
  WORLD_END,
  WORLD_START,
  type WorldOptions,
  type WorldQuoteOptions,
  type WorldSpecs,
} from './world.ts';
