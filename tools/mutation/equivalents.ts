// Mutants that no test can find, each with its reason. One that is named here and does not exist
// any more fails the run, so the list cannot grow stale.
import { ACTORS } from './equivalents/actors.ts';
import { ATTESTATION } from './equivalents/attestation.ts';
import { CHALLENGE } from './equivalents/challenge.ts';
import { COMPARATORS } from './equivalents/comparators.ts';
import { PROFILE_PARAMETERS } from './equivalents/profile-parameters.ts';
import { PROVIDER } from './equivalents/provider.ts';
import { REST } from './equivalents/rest.ts';
import { TRUST } from './equivalents/trust.ts';

export interface Equivalent {
  readonly file: string;
  readonly operator: string;
  readonly from: string;
  readonly to: string;
  readonly because: string;
}

const AREAS = [
  ACTORS,
  ATTESTATION,
  CHALLENGE,
  COMPARATORS,
  PROFILE_PARAMETERS,
  PROVIDER,
  REST,
  TRUST,
];

export const EQUIVALENTS: readonly Equivalent[] = AREAS.flatMap((area) =>
  Object.entries(area).flatMap(([file, reasons]) =>
    Object.entries(reasons).flatMap(([because, changes]) =>
      changes.map(([operator, from, to]) => ({
        file: `src/machines/${file}`,
        operator,
        from,
        to,
        because,
      })),
    ),
  ),
);
