import { concat, equalBytes, hex } from '../bytes.ts';
import { type Element, readChildren, readFields, Tag } from '../der/reader.ts';
import { boolean, octets, unsignedNumber } from '../der/values.ts';
import { ok, reject, type Result } from '../result.ts';
import { Oid } from './oids.ts';

/** What the PCK certificate says of its platform (PCK certificate specification 1.5 §1.3.5). */
export interface SgxExtension {
  readonly ppid: Uint8Array;
  /** The 16 component SVNs. These count, not CPUSVN. */
  readonly components: Uint8Array;
  readonly pceSvn: number;
  readonly cpuSvn: Uint8Array;
  readonly pceId: Uint8Array;
  readonly fmspc: Uint8Array;
  /** 0 Standard, 1 Scalable, 2 Scalable with integrity. */
  readonly sgxType: number;
  /** Certificates of the Platform CA only. */
  readonly platform: PlatformConfiguration | undefined;
}

export interface PlatformConfiguration {
  readonly instanceId: Uint8Array;
  readonly dynamicPlatform: boolean;
  readonly cachedKeys: boolean;
  readonly smtEnabled: boolean;
}

const bad = (what: string) => reject('pck', 'tee/sgx-extension-malformed', { what });

const PREFIX = hex(Oid.sgxExtensions);
const TCB_PREFIX = concat(PREFIX, Uint8Array.of(2));
const CONFIGURATION_PREFIX = concat(PREFIX, Uint8Array.of(7));

/** The one further arc of an identifier below `prefix`; all that exist fit one octet. */
const lastArcBelow = (id: Element, prefix: Uint8Array): number | undefined => {
  const { tag, content } = id;
  const arc = content[prefix.length];
  const below =
    tag === Tag.oid &&
    content.length === prefix.length + 1 &&
    equalBytes(content.subarray(0, prefix.length), prefix);
  return below && arc !== undefined && arc < 0x80 ? arc : undefined;
};

/** SEQUENCE OF { OID, value } below `prefix`: the values by the last arc, each once. */
const readEntries = (
  elements: readonly Element[],
  prefix: Uint8Array,
): Result<ReadonlyMap<number, Element>> => {
  const entries = new Map<number, Element>();
  for (const element of elements) {
    if (element.tag !== Tag.sequence) return bad('an entry that is not a SEQUENCE');
    const pair = readChildren(element.content, 2);
    if (!pair.ok) return pair;
    const [id, value] = pair.value;
    if (id === undefined || value === undefined) return bad('an entry without a value');
    const arc = lastArcBelow(id, prefix);
    if (arc === undefined) return bad('an entry that is not of this extension');
    if (entries.has(arc)) return bad(`the entry ${String(arc)} twice`);
    entries.set(arc, value);
  }
  return ok(entries);
};

const fixedOctets = (element: Element | undefined, length: number): Result<Uint8Array> => {
  if (element === undefined) return bad('a missing entry');
  const value = octets(element);
  if (!value.ok) return value;
  return value.value.length === length ? value : bad('an entry of unexpected length');
};

const integerOf = (element: Element | undefined, tag: number, bytes: number): Result<number> => {
  if (element === undefined || element.tag !== tag) return bad('a missing or mistyped number');
  return unsignedNumber(element, bytes);
};

type Tcb = Pick<SgxExtension, 'components' | 'pceSvn' | 'cpuSvn'>;

const parseTcb = (element: Element | undefined): Result<Tcb> => {
  if (element === undefined) return bad('no TCB');
  const list = readFields(element.raw, 18);
  if (!list.ok) return list;
  const entries = readEntries(list.value, TCB_PREFIX);
  if (!entries.ok) return entries;
  if (entries.value.size !== 18) return bad('a TCB of not exactly 18 entries');
  const components = new Uint8Array(16);
  for (let i = 0; i < 16; i += 1) {
    const svn = integerOf(entries.value.get(i + 1), Tag.integer, 1);
    if (!svn.ok) return svn;
    components[i] = svn.value;
  }
  const pceSvn = integerOf(entries.value.get(17), Tag.integer, 2);
  if (!pceSvn.ok) return pceSvn;
  const cpuSvn = fixedOctets(entries.value.get(18), 16);
  if (!cpuSvn.ok) return cpuSvn;
  return ok({ components, pceSvn: pceSvn.value, cpuSvn: cpuSvn.value });
};

const parsePlatform = (entries: ReadonlyMap<number, Element>): Result<PlatformConfiguration> => {
  const instanceId = fixedOctets(entries.get(6), 16);
  if (!instanceId.ok) return instanceId;
  const configuration = entries.get(7);
  if (configuration === undefined) return bad('a missing configuration');
  const list = readFields(configuration.raw, 3);
  if (!list.ok) return list;
  const flags = readEntries(list.value, CONFIGURATION_PREFIX);
  if (!flags.ok) return flags;
  const values: boolean[] = [];
  for (const arc of [1, 2, 3]) {
    const element = flags.value.get(arc);
    if (element === undefined) return bad('an incomplete configuration');
    const flag = boolean(element);
    if (!flag.ok) return flag;
    values.push(flag.value);
  }
  const [dynamicPlatform, cachedKeys, smtEnabled] = values;
  return ok({
    instanceId: instanceId.value,
    dynamicPlatform: dynamicPlatform === true,
    cachedKeys: cachedKeys === true,
    smtEnabled: smtEnabled === true,
  });
};

/** The value of the extension, all of it: 5 entries of the Processor CA, 7 of the Platform CA. */
export const parseSgxExtension = (value: Uint8Array): Result<SgxExtension> => {
  const list = readFields(value, 7);
  if (!list.ok) return list;
  const entries = readEntries(list.value, PREFIX);
  if (!entries.ok) return entries;
  const get = (arc: number) => entries.value.get(arc);
  if (entries.value.size !== 5 && entries.value.size !== 7) return bad('not 5 or 7 entries');
  const ppid = fixedOctets(get(1), 16);
  if (!ppid.ok) return ppid;
  const tcb = parseTcb(get(2));
  if (!tcb.ok) return tcb;
  const pceId = fixedOctets(get(3), 2);
  if (!pceId.ok) return pceId;
  const fmspc = fixedOctets(get(4), 6);
  if (!fmspc.ok) return fmspc;
  const sgxType = integerOf(get(5), Tag.enumerated, 1);
  if (!sgxType.ok) return sgxType;
  if (sgxType.value > 2) return bad('an unknown SGX type');
  const platform = entries.value.size === 7 ? parsePlatform(entries.value) : ok(undefined);
  if (!platform.ok) return platform;
  return ok({
    ...tcb.value,
    ppid: ppid.value,
    pceId: pceId.value,
    fmspc: fmspc.value,
    sgxType: sgxType.value,
    platform: platform.value,
  });
};
