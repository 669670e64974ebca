import type { Behaviour, Character } from './behaviour.ts';
import { cheating } from './cheating.ts';
import { colluding } from './colluding.ts';
import { copying } from './copying.ts';
import { honest } from './honest.ts';
import type { AgentKind } from './kinds.ts';
import { lazy } from './lazy.ts';

export * from './behaviour.ts';
export * from './kinds.ts';
export { Checker } from './voluntary.ts';

/** How a kind acts as a provider; challengers are no providers, and act as honest ones would. */
export const BEHAVIOURS: Readonly<Record<AgentKind, (self: Character) => Behaviour>> = {
  honest,
  lazy,
  copying,
  colluding,
  flaky: honest,
  noisy: honest,
  cheating,
  griefing: honest,
  voluntary: honest,
};
