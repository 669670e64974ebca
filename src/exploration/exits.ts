import type { Violation } from '../testing/invariants/index.ts';
import type { Ground } from './ground.ts';
import { ANYONE, CONSUMER } from './names.ts';
import type { Setting } from './setting.ts';

const ENDED: readonly string[] = ['final', 'faulty', 'void'];

/**
 * Escrows that have an owner by now and that nobody can get out: of an attestation that has ended,
 * or whose window has passed, one of settling and refunding must be accepted (PROTOCOL §5).
 */
export const stuckMoney = (setting: Setting, ground: Ground): readonly Violation[] =>
  ground.view.all('attestation').flatMap(({ id, record: { state, context } }): Violation[] => {
    const isFinal = state === 'pending' && context.windowEnd <= ground.view.height;
    if (context.escrowNlux === 0n || !(isFinal || ENDED.includes(state))) return [];
    const ways = [
      { from: ANYONE, to: id, message: { type: 'settle' } },
      { from: CONSUMER, to: id, message: { type: 'refund' } },
    ] as const;
    const isOpen = ways.some((order) => {
      const sent = setting.land.send(ground, order);
      return sent.ok && sent.value.receipt?.outcome.type === 'applied';
    });
    const sentence = `it is ${state} and holds ${context.escrowNlux} nLUX that nobody gets`;
    return isOpen ? [] : [{ id: 'I7', sentence, actors: [id] }];
  });
