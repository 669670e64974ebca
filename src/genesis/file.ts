import * as Schema from 'effect/Schema';
import { formatAddress, parseAddress, parseHex, utf8 } from '../codec/index.ts';
import type { Hrp, Shape } from '../codec/index.ts';
import { parameters } from '../machines/parameters/record.ts';
import { DEFAULT_LUX_DECIMALS, MAX_LUX_DECIMALS, parseAmount } from './amount.ts';
import { MAX_DOCUMENT_BYTES, MAX_ISSUER_CHAIN_BYTES } from '../machines/trust-store/messages.ts';
import { MAX_CERTIFICATE_BYTES } from '../tee/limits.ts';
import { MAX_ALLOCATIONS, MAX_GENESIS_DOCUMENTS } from './genesis.ts';
import { NETWORKS } from './networks.ts';
import { PRESET_NAMES } from './presets/index.ts';

/** How texts of a file are to be read: it depends on what the file says elsewhere. */
export interface FileForms {
  readonly luxDecimals: number;
  /** Of the file's network; absent where the file names no known one, then any address will do. */
  readonly hrp: Hrp | undefined;
}

/** The address (hex) of a text in bech32 or hex. */
export const readAddress = (text: string, hrp: Hrp): string | undefined => {
  const parsed = text.includes('-') ? parseAddress(text, hrp) : parseHex(text, 20);
  return parsed.ok ? parsed.value : undefined;
};

const isAddress = (text: string, hrp: Hrp | undefined): boolean =>
  hrp === undefined || readAddress(text, hrp) !== undefined;

const EXAMPLE = '00'.repeat(20);

const addressExpected = (hrp: Hrp | undefined): string => {
  const example = hrp === undefined ? 'A-local1…' : `${formatAddress(EXAMPLE, hrp).slice(0, 12)}…`;
  return `an address of this network such as ${example} with a right checksum, or 40 hex digits`;
};

const amountExpected = (luxDecimals: number): string =>
  `an amount as text, in nLUX such as "2500000000" or with at most ${luxDecimals} decimals such ` +
  'as "2.5 LUX", below 2^128 nLUX';

/** A whole number; JSON's are exact below 2^53 only. */
const wholeNumber = (least: number, most: number) => {
  const expected = `a whole number of ${least} to ${most}`;
  return Schema.Number.annotate({ message: expected }).check(
    Schema.isInt({ expected }),
    Schema.isBetween({ minimum: least, maximum: most }, { expected }),
  );
};

const amountText = ({ luxDecimals }: FileForms) => {
  const expected = amountExpected(luxDecimals);
  return Schema.String.annotate({ message: expected }).check(
    Schema.makeFilter((text: string) => parseAmount(text, luxDecimals) !== undefined || expected),
  );
};

const addressText = ({ hrp }: FileForms) => {
  const expected = addressExpected(hrp);
  return Schema.String.annotate({ message: expected }).check(
    Schema.makeFilter((text: string) => isAddress(text, hrp) || expected),
  );
};

/** Bytes in lower-case hex. */
const hexText = (least: number, most: number) => {
  const size = least === most ? String(least) : `at most ${most}`;
  const expected = `${size} bytes in lower-case hex`;
  const fits = (text: string) =>
    /^(?:[0-9a-f]{2})*$/.test(text) && text.length >= 2 * least && text.length <= 2 * most;
  return Schema.String.annotate({ message: expected }).check(
    Schema.makeFilter((text: string) => fits(text) || expected),
  );
};

const plainText = (maxBytes: number) => {
  const expected = `a text of at most ${maxBytes} bytes`;
  return Schema.String.annotate({ message: expected }).check(
    Schema.makeFilter((text: string) => utf8(text).length <= maxBytes || expected),
  );
};

const U64_IN_JSON: number = Number.MAX_SAFE_INTEGER;

const mostOf = (bits: number): number =>
  bits > 32 ? U64_IN_JSON : Number((1n << BigInt(bits)) - 1n);

type AnySchema = Schema.Codec<unknown>;

/** The file's form of a codec schema: every field may be left out, since a preset has it. */
const overridesOf = (shape: Shape, forms: FileForms): AnySchema => {
  switch (shape.kind) {
    case 'uint':
      return wholeNumber(0, mostOf(shape.bits));
    case 'amount':
      return amountText(forms);
    case 'list':
      return Schema.Array(overridesOf(shape.item, forms)).check(
        Schema.isMaxLength(shape.maxItems, { expected: `at most ${shape.maxItems} items` }),
      );
    case 'bool':
      return Schema.Boolean;
    case 'hex':
      return hexText(shape.bytes, shape.bytes);
    case 'text':
      return plainText(shape.maxBytes);
    case 'enum':
      return Schema.Literals(shape.literals);
    case 'record':
      return Schema.Struct(fieldsOf(shape, forms));
    default:
      // Parameters are made of these; another kind in their record needs a form of its own here.
      return Schema.Never;
  }
};

const fieldsOf = (shape: Shape, forms: FileForms) => {
  const fields = shape.kind === 'record' ? shape.fields : [];
  return Object.fromEntries(
    fields.map((field) => [field.name, Schema.optionalKey(overridesOf(field.shape, forms))]),
  );
};

const time = wholeNumber(0, U64_IN_JSON);
const period = wholeNumber(1, mostOf(32));

/** Where randomness comes from; `quicknet` stands for the values of that drand chain. */
const beaconForm = Schema.Union([
  Schema.Struct({ type: Schema.Literal('quicknet') }),
  Schema.Struct({
    type: Schema.Literal('dev'),
    genesisTime: Schema.optionalKey(time),
    periodSeconds: Schema.optionalKey(period),
  }),
  Schema.Struct({
    type: Schema.Literal('drand'),
    publicKey: Schema.String.check(
      Schema.isPattern(/^[0-9a-f]{192}$/, {
        expected: 'a public key of 192 lower-case hex digits',
      }),
    ),
    genesisTime: time,
    periodSeconds: period,
  }),
]).annotate({ expected: 'an object with type "quicknet", "dev" or "drand"' });

const pemText = plainText(MAX_ISSUER_CHAIN_BYTES);
const signedForm = <T extends 'tcbInfo' | 'qeIdentity'>(type: T) =>
  Schema.Struct({
    type: Schema.Literal(type),
    /** The signed JSON object as a text, character by character as the vendor serves it. */
    body: plainText(MAX_DOCUMENT_BYTES),
    signature: hexText(64, 64),
    issuerChain: pemText,
  });
const derText = hexText(1, MAX_DOCUMENT_BYTES);

/** A document of the trust store; DER in hex, PEM and JSON as texts. */
const documentForm = Schema.Union([
  Schema.Struct({ type: Schema.Literal('rootCrl'), crl: derText }),
  Schema.Struct({ type: Schema.Literal('pckCa'), issuerChain: pemText }),
  Schema.Struct({ type: Schema.Literal('pckCrl'), crl: derText, issuerChain: pemText }),
  signedForm('tcbInfo'),
  signedForm('qeIdentity'),
]).annotate({ expected: 'a document with type "rootCrl", "pckCa", "pckCrl", "tcbInfo" …' });

/** The preset's, unless said otherwise. */
const teeForm = Schema.Struct({
  /** DER of the pinned root. */
  root: Schema.optionalKey(hexText(1, MAX_CERTIFICATE_BYTES)),
  documents: Schema.optionalKey(
    Schema.Array(documentForm).check(
      Schema.isMaxLength(MAX_GENESIS_DOCUMENTS, {
        expected: `at most ${MAX_GENESIS_DOCUMENTS} documents`,
      }),
    ),
  ),
});

const allocationsForm = (forms: FileForms) => {
  const { hrp } = forms;
  const issue = addressExpected(hrp);
  return Schema.Record(Schema.String, amountText(forms)).check(
    Schema.makeFilter((allocations: Readonly<Record<string, string>>) => {
      const texts = Object.keys(allocations);
      if (texts.length > MAX_ALLOCATIONS) return `at most ${MAX_ALLOCATIONS} allocations`;
      return texts.filter((text) => !isAddress(text, hrp)).map((text) => ({ path: [text], issue }));
    }),
  );
};

/** A genesis as people write it. */
export const genesisFile = (forms: FileForms) =>
  Schema.Struct({
    /** For editors. */
    $schema: Schema.optionalKey(Schema.String),
    network: Schema.Literals(NETWORKS),
    /** For a custom network; the others have theirs. */
    networkId: Schema.optionalKey(wholeNumber(1, mostOf(32))),
    /** Follows from the rest; may be written down to be checked. CB58 or hex. */
    chainId: Schema.optionalKey(Schema.String),
    /** Unix seconds of the block at height 0. */
    time,
    luxDecimals: Schema.optionalKey(wholeNumber(0, MAX_LUX_DECIMALS)),
    beacon: Schema.optionalKey(beaconForm),
    authority: Schema.optionalKey(addressText(forms)),
    parameters: Schema.optionalKey(
      Schema.Struct({
        preset: Schema.optionalKey(Schema.Literals(PRESET_NAMES)),
        ...fieldsOf(parameters.shape, forms),
      }),
    ),
    tee: Schema.optionalKey(teeForm),
    allocations: allocationsForm(forms),
  });
export type GenesisFile = ReturnType<typeof genesisFile>['Type'];

/**
 * The JSON Schema (draft 2020-12) of a genesis file, for editors. It has names, types and ranges;
 * that addresses and amounts are well-formed and that all fits together only `parseGenesis` says.
 */
export const genesisJsonSchema = (): Readonly<Record<string, unknown>> => {
  const schema = genesisFile({ luxDecimals: DEFAULT_LUX_DECIMALS, hrp: undefined });
  const document = Schema.toJsonSchemaDocument(schema, { onExcessProperty: 'error' });
  const title = 'Genesis of an aivm chain';
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', title, ...document.schema };
};
