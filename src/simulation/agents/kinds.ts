/** What people of a simulated market are like. */
export const AGENT_KINDS = [
  'honest',
  'lazy',
  'copying',
  'colluding',
  'flaky',
  'noisy',
  'cheating',
  'griefing',
  'voluntary',
] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];

/** Kinds that have no stake and serve nothing: they open challenges. */
const CHALLENGERS: readonly AgentKind[] = ['griefing', 'voluntary'];

export const isProvider = (kind: AgentKind): boolean => !CHALLENGERS.includes(kind);

/** Kinds whose losses count as an attacker's cost, not as a victim's. */
const ADVERSARIES: readonly AgentKind[] = ['griefing', 'colluding', 'cheating'];

export const isAdversary = (kind: AgentKind): boolean => ADVERSARIES.includes(kind);

/** Kinds that do their work: what others make them lose is not their own doing. */
const WORKERS: readonly AgentKind[] = ['honest', 'noisy'];

export const isWorker = (kind: AgentKind): boolean => WORKERS.includes(kind);

/** How often, and how far, an agent departs from what it should do. Shares are of `[0, 1]`. */
export interface Rates {
  /** Of its attestations that are wrong. */
  readonly cheats: number;
  /** Of its seats that it says nothing for. */
  readonly silent: number;
  /** Of its seats that it declines, as one who cannot run the profile. */
  readonly unable: number;
  /** Of what it committed to, as a seat or a defendant, that it does not show. */
  readonly withholds: number;
  /** Of attestations that it challenges without cause. */
  readonly opens: number;
  /** Of decided rounds that it appeals against, whatever was found. */
  readonly appeals: number;
  /** Of elements of its outputs that differ from the truth by noise. */
  readonly noise: number;
  /** How far an element differs by noise: of tokens any other, of floats so many ULP at most. */
  readonly noiseSize: number;
  /** Of attestations that a voluntary challenger checks though it does not seem to pay. */
  readonly explores: number;
}

const NOTHING: Rates = {
  cheats: 0,
  silent: 0,
  unable: 0,
  withholds: 0,
  opens: 0,
  appeals: 0,
  noise: 0,
  noiseSize: 1,
  explores: 0,
};

/** What a kind does unless its settings say otherwise. */
export const DEFAULT_RATES: Readonly<Record<AgentKind, Rates>> = {
  honest: NOTHING,
  lazy: NOTHING,
  copying: NOTHING,
  colluding: { ...NOTHING, cheats: 1 },
  flaky: { ...NOTHING, silent: 0.2 },
  noisy: { ...NOTHING, noise: 0.05 },
  cheating: { ...NOTHING, cheats: 0.1 },
  griefing: { ...NOTHING, opens: 0.1 },
  voluntary: { ...NOTHING, explores: 0.05 },
};
