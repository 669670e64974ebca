import { failWith } from '../codec/failure.ts';
import { AivmError } from '../runtime/aivm-error.ts';

/** What is wrong with a scenario; what is wrong with its text as JSON is named by its place. */
export const simulationErrors = {
  'simulation/scenario-too-large':
    'The scenario is longer than details.limit: split it, or give grids instead of lists.',
  'simulation/not-json':
    'The scenario is not JSON (RFC 8259): details.reason. Commas between entries, none at the end.',
  'simulation/wrong-type': 'details.path of the scenario must be details.expected.',
  'simulation/unknown-field':
    'A scenario has no details.path: take it out, or use one of details.known.',
  'simulation/missing-field': 'details.path of the scenario is missing: it is details.expected.',
  'simulation/unknown-estimate':
    'There is no estimate details.estimate (details.path): the known ones are details.known.',
  'simulation/unknown-parameter':
    'The estimate details.estimate has no parameter details.path: it has details.known.',
  'simulation/twice-given':
    'details.path and details.other are two names of one parameter: give one of them.',
  'simulation/not-together':
    'details.path does not go with details.other: details.reason. Give one of the two.',
  'simulation/out-of-range': 'details.path must be details.expected.',
  'simulation/too-many': 'details.path holds more than details.limit: ask for fewer.',
  'simulation/nothing-asked':
    'The scenario asks for nothing: name estimates, sweeps, a market or figures.',
  'simulation/parameter-relation':
    'The parameters of the market contradict one another: details.path is at fault, see ' +
    'details.expected.',
  'simulation/evidence-needed':
    'Evidence of the comparator details.comparator is not the output itself, and agents of a ' +
    'market have none: choose another for details.path.',
  'simulation/cannot-begin':
    'The market cannot begin: the chain refuses details.step, and details.reason is why.',
  'simulation/no-plots':
    'The plots of a report are drawn by the package echarts, which is not installed: run ' +
    '"npm install echarts", or leave the HTML report out.',
  'simulation/other-checkpoint':
    'The checkpoint details.file is of another seed or version: name another file, ' +
    'or repeat what it began, details.expected.',
  'simulation/checkpoint-unusable':
    'The checkpoint details.file cannot be read or written: see details.cause.',
  'simulation/worker-ended':
    'A process that played runs was ended (details.ended): what it had reported is kept. Try ' +
    'fewer workers if memory was short.',
} as const;

export type SimulationErrorCode = keyof typeof simulationErrors;

/** Builds a failed result of this catalogue. */
export const simulationFail = failWith<SimulationErrorCode>(simulationErrors);

/** The same, to be thrown where a promise is rejected. */
export const simulationError = (
  code: SimulationErrorCode,
  details: Readonly<Record<string, string>> = {},
): AivmError => new AivmError(simulationFail(code, details).failure);
