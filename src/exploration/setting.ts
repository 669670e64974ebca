import { attestationActor, prepareAttestation } from '../client/attestation.ts';
import { bondFor } from '../client/challenge.ts';
import { modelActor, profileHashOf } from '../client/names.ts';
import { type CommittedOutput, commitOutput } from '../client/output.ts';
import { sha256Hex, utf8 } from '../codec/index.ts';
import { MAX_CHUNK_BYTES } from '../codec/evidence.ts';
import { actorId, keyOf, type ActorId } from '../machines/kit/index.ts';
import type { ProfileSpecification } from '../machines/profile/record.ts';
import { REGISTRY } from '../machines/registry.ts';
import { unwrap } from '../runtime/unwrap.ts';
import { keyOfName } from '../testing/people.ts';
import { landOf, type LandOptions, type Machines, secp256k1 } from './chain.ts';
import type { Ground, Land } from './ground.ts';
import { outputBytes, type World } from './world.ts';

/** What everybody was asked. */
export const PAYLOAD = utf8('the question of this world');
const PAYLOAD_HASH = sha256Hex(PAYLOAD);
const WEIGHT_HASH = sha256Hex(utf8('the weights of this world'));
/** What the only model of a world is named by. */
export const MODEL = { weightHash: WEIGHT_HASH, teeRequired: false } as const;
const MODEL_KEY = keyOf(modelActor(MODEL));

/** A world on the kernel: what it is made of, and how its messages are made. */
export class Setting {
  readonly world: World;
  readonly land: Land;
  readonly specification: ProfileSpecification;
  readonly modelId = MODEL_KEY;
  readonly profileHash: string;
  readonly machines: Machines;
  readonly #outputs = new Map<string, CommittedOutput>();

  constructor(world: World, options: LandOptions = {}) {
    this.world = world;
    this.machines = options.machines ?? REGISTRY;
    this.land = landOf(world, options);
    this.specification = {
      modelId: MODEL_KEY,
      comparator: world.comparator,
      precision: { engine: 'world', dtype: 'any', settings: '', decoding: 'greedy' },
      tee: { type: 'none' },
      rerunFeeNlux: world.rerunFeeNlux,
    };
    this.profileHash = profileHashOf(this.specification);
  }

  get chain() {
    return { networkId: this.land.networkId, chainId: this.land.chainId };
  }

  address(name: string): string {
    return keyOfName(name).address;
  }

  provider(name: string): ActorId<'provider'> {
    return actorId('provider', this.address(name));
  }

  /** Both trees over an output, as this author makes them. */
  output(author: string, name: string): CommittedOutput {
    const key = `${author}/${name}`;
    const known = this.#outputs.get(key);
    if (known !== undefined) return known;
    const made = commitOutput({
      author: this.address(author),
      comparator: this.world.comparator,
      output: outputBytes(this.world, name),
      chunkBytes: MAX_CHUNK_BYTES,
    });
    this.#outputs.set(key, made);
    return made;
  }

  /** Where the attestation of a provider lives, whether it exists or not. */
  attestation(provider: string): ActorId<'attestation'> {
    const { modelId, profileHash, chain } = this;
    const of = { modelId, profileHash, payloadHash: PAYLOAD_HASH };
    return attestationActor({ ...chain, ...of, provider: this.address(provider) });
  }

  /** The signed claim that an output is the answer; a challenge may hold two against each other. */
  claim(provider: string, output: string, timestamp: bigint) {
    const { outputHash, evidenceRoot } = this.output(provider, output);
    return unwrap(
      prepareAttestation({
        ...this.chain,
        provider: this.address(provider),
        modelId: this.modelId,
        profileHash: this.profileHash,
        payloadHash: PAYLOAD_HASH,
        outputHash,
        evidenceRoot,
        timestamp,
        providerKey: keyOfName(provider).privateKey,
        engine: secp256k1,
      }),
    );
  }

  /** The attestation as challenges name it, if it exists. */
  challenged({ view }: Ground, provider: string) {
    const id = this.attestation(provider);
    const record = view.actor(id);
    return record && { slot: keyOf(id), context: record.context, state: record.state };
  }

  /** What opening a challenge takes along. */
  bond(form: 'pair' | 'audit'): bigint {
    return bondFor(this.world.parameters.dispute, this.world.rerunFeeNlux, form);
  }
}
