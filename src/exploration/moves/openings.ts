import { sha256Hex, utf8 } from '../../codec/index.ts';
import {
  prepareAnnouncement,
  prepareAudit,
  prepareChallenge,
  prepareEquivocation,
  prepareProtocolAudit,
} from '../../client/challenge.ts';
import type { ActorId } from '../../machines/kit/index.ts';
import { ANYONE, CONSUMER } from '../names.ts';
import { disputesOf, type Move, type MovesOf, type Scene } from './move.ts';

const NO_REPORT = sha256Hex(new Uint8Array(0));
const NO_REQUEST = '0'.repeat(64);

/** Defendants that have attested, as challenges name them. */
const accusedOf = ({ setting, ground }: Scene) =>
  setting.world.defendants.flatMap(({ name, alsoSigns }) => {
    const challenged = setting.challenged(ground, name);
    return challenged === undefined ? [] : [{ name, alsoSigns, challenged }];
  });

interface PossiblePair {
  readonly label: string;
  readonly prepared: ReturnType<typeof prepareChallenge>;
}

const pairsOf = (scene: Scene): readonly PossiblePair[] => {
  const accused = accusedOf(scene);
  return accused.flatMap((first, index) =>
    accused.slice(index + 1).map((second) => ({
      label: `pair(${[first.name, second.name].toSorted().join(', ')})`,
      prepared: prepareChallenge(scene.setting.chain, first.challenged, second.challenged),
    })),
  );
};

export const open: MovesOf = (scene) => {
  const { setting } = scene;
  const value = setting.bond('pair');
  return pairsOf(scene).flatMap(({ label, prepared: { receiver: to, message } }) =>
    setting.world.challengers.map((from) => ({
      label: `${from} opens ${label}`,
      order: { from, to, message, value },
    })),
  );
};

export const audit: MovesOf = (scene) => {
  const { setting } = scene;
  const value = setting.bond('audit');
  return accusedOf(scene).flatMap(({ name, challenged }) => {
    const { receiver: to, message } = prepareAudit(setting.chain, challenged);
    return setting.world.challengers.map((from) => ({
      label: `${from} opens audit(${name})`,
      order: { from, to, message, value },
    }));
  });
};

/** By the ticket of the consumer, whether the beacon has drawn it or not. */
export const protocolAudit: MovesOf = (scene) =>
  accusedOf(scene).map(({ name, challenged }) => {
    const payer = scene.setting.address(CONSUMER);
    const { receiver: to, message } = prepareProtocolAudit(scene.setting.chain, challenged, payer);
    const label = `${ANYONE} opens protocolAudit(${name})`;
    return { label, order: { from: ANYONE, to, message } };
  });

/** The first challenger shows another answer that the provider of an attestation has signed. */
export const equivocation: MovesOf = (scene) => {
  const { setting } = scene;
  const [from = ANYONE] = setting.world.challengers;
  return accusedOf(scene).flatMap(({ name, alsoSigns, challenged }) =>
    alsoSigns.map((output) => {
      const { timestamp } = challenged.context;
      const { message: other } = setting.claim(name, output, timestamp);
      const answer = { ...other, requestId: NO_REQUEST, teeReportHash: NO_REPORT };
      const { receiver: to, message } = prepareEquivocation(setting.chain, challenged, answer);
      const label = `${from} shows that ${name} also signed ${output}`;
      return { label, order: { from, to, message } };
    }),
  );
};

interface Announced {
  readonly from: string;
  readonly label: string;
  readonly challenge: ActorId<'challenge'>;
  readonly prepared: ReturnType<typeof prepareAnnouncement>;
}

const announcementsOf = (scene: Scene): readonly Announced[] =>
  pairsOf(scene).flatMap(({ label, prepared: { receiver: challenge } }) =>
    scene.setting.world.challengers.map((from) => {
      const salt = sha256Hex(utf8(`announcement of ${from}`));
      const challenger = scene.setting.address(from);
      return {
        from,
        label,
        challenge,
        prepared: prepareAnnouncement({ challenge, challenger, salt }),
      };
    }),
  );

export const announce: MovesOf = (scene) =>
  announcementsOf(scene).map(({ from, label, prepared: { receiver: to, announce: message } }) => ({
    label: `${from} announces ${label}`,
    order: { from, to, message },
  }));

/** Of challenges that there are, by who could have announced them. */
export const takeOver: MovesOf = (scene) => {
  const disputes = new Map(disputesOf(scene).map((each) => [each.id, each.record.context]));
  return announcementsOf(scene).flatMap(({ from, label, challenge: to, prepared }): Move[] => {
    const context = disputes.get(to);
    if (context === undefined) return [];
    const order = { from, to, message: prepared.takeOver, value: context.bondNlux };
    return [{ label: `${from} takes over ${label}`, order }];
  });
};
