/** Of the text of a file. */
export const MAX_SCENARIO_BYTES = 1_048_576;
export const MAX_ESTIMATES = 1_000;
export const MAX_SWEEPS = 100;
/** Points of all grids together. */
export const MAX_GRID = 10_000;
export const RUNS_LEAST = 1;
export const MAX_RUNS = 1_000_000_000;
export const MAX_FIGURES = 100;
export const MAX_NAME_CHARACTERS = 128;
export const MAX_ABOUT_CHARACTERS = 4_096;
