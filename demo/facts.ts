/** What the demo found, for people and machines. Amounts are nLUX. */
export interface Facts {
  readonly modelId: string;
  readonly weightHash: string;
  readonly weightBytes: number;
  readonly profileHash: string;
  readonly blocks: bigint;
  readonly stateRoot: string;
  readonly reopenedStateRoot: string;
  readonly supply: bigint;
  readonly balancesTotal: bigint;
  readonly burned: bigint;
  /** The verdict on each defendant, by provider address. */
  readonly outcome: Readonly<Record<string, string>>;
  readonly slashed: readonly { readonly provider: string; readonly amount: bigint }[];
  /** Who re-ran it for a panel, by provider address: one, and three after the appeal. */
  readonly rerunBy: readonly string[];
  readonly attestationProofValid: boolean;
  readonly attestedOutputIsConsumers: boolean;
  readonly attestations: number;
  /** Under a model that requires a TEE: a report that verifies, and one with a bit changed. */
  readonly teeAttestationAccepted: boolean;
  readonly teeTamperedRefused: boolean;
  readonly milliseconds: number;
  readonly balances: readonly {
    readonly who: string;
    readonly what: string;
    readonly before: bigint;
    readonly after: bigint;
  }[];
  /** Does everything add up, and did the restart find the same chain? */
  readonly isWhole: boolean;
}

/** The facts as JSON: amounts and heights as decimal strings. */
export const jsonOf = (facts: Facts): string =>
  JSON.stringify(
    facts,
    (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value),
    2,
  );
