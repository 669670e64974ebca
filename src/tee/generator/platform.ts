import { hex } from '../bytes.ts';
import { Oid } from '../x509/oids.ts';
import { boolean, enumerated, integer, octetString, oid, sequence } from './der.ts';

/** A platform of the test hierarchy, as its PCK certificate describes it. */
export interface PlatformSpec {
  readonly ppid: Uint8Array;
  /** 16 component SVNs. */
  readonly components: readonly number[];
  readonly pceSvn: number;
  /** Normally the components again; verifiers must not look at it. */
  readonly cpuSvn: Uint8Array;
  readonly pceId: Uint8Array;
  readonly fmspc: Uint8Array;
  readonly sgxType: number;
  /** Entries .6 and .7, which the Platform CA adds. */
  readonly instanceId: Uint8Array | undefined;
  readonly smtEnabled: boolean;
}

const SVN = 5;

export const DEFAULT_PLATFORM: PlatformSpec = {
  ppid: hex('000102030405060708090a0b0c0d0e0f'),
  components: Array.from({ length: 16 }, () => SVN),
  pceSvn: 13,
  cpuSvn: new Uint8Array(16).fill(SVN),
  pceId: hex('0000'),
  fmspc: hex('a17a00000000'),
  sgxType: 1,
  instanceId: new Uint8Array(16).fill(0x11),
  smtEnabled: false,
};

const entry = (arcs: string, value: Uint8Array): Uint8Array =>
  sequence(oid(`${Oid.sgxExtensions}${arcs}`), value);

const arc = (number: number): string => number.toString(16).padStart(2, '0');

/** The value of the SGX extension (PCK certificate specification 1.5 §1.3.5). */
export const sgxExtension = (platform: PlatformSpec): Uint8Array => {
  const components = platform.components.map((svn, i) => entry(`02${arc(i + 1)}`, integer(svn)));
  const tcb = sequence(
    ...components,
    entry('0211', integer(platform.pceSvn)),
    entry('0212', octetString(platform.cpuSvn)),
  );
  const common = [
    entry('01', octetString(platform.ppid)),
    entry('02', tcb),
    entry('03', octetString(platform.pceId)),
    entry('04', octetString(platform.fmspc)),
    entry('05', enumerated(platform.sgxType)),
  ];
  if (platform.instanceId === undefined) return sequence(...common);
  const configuration = sequence(
    entry('0701', boolean(false)),
    entry('0702', boolean(false)),
    entry('0703', boolean(platform.smtEnabled)),
  );
  const added = [entry('06', octetString(platform.instanceId)), entry('07', configuration)];
  return sequence(...common, ...added);
};
