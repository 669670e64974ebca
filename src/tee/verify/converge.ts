import type { ComponentStatus, TcbStatus } from '../collateral/types.ts';
import type { QuoteStatus } from './facts.ts';

/**
 * The platform's status joined with those of its quoting enclave and TDX module. This is not the
 * worse of them: an outdated component turns a status that needs configuration into one that needs
 * both.
 */
export const converge = (
  platform: TcbStatus,
  components: readonly ComponentStatus[],
): TcbStatus => {
  if (platform === 'Revoked' || components.includes('Revoked')) return 'Revoked';
  if (!components.includes('OutOfDate')) return platform;
  switch (platform) {
    case 'UpToDate':
    case 'SWHardeningNeeded':
      return 'OutOfDate';
    case 'ConfigurationNeeded':
    case 'ConfigurationAndSWHardeningNeeded':
      return 'OutOfDateConfigurationNeeded';
    default:
      return platform;
  }
};

type Evaluated = Exclude<TcbStatus, 'Revoked'>;

export const isOutOfDate = (status: TcbStatus): boolean =>
  status === 'OutOfDate' || status === 'OutOfDateConfigurationNeeded';

const needsConfiguration = (status: Evaluated): boolean =>
  status === 'ConfigurationNeeded' ||
  status === 'ConfigurationAndSWHardeningNeeded' ||
  status === 'OutOfDateConfigurationNeeded';

/**
 * TD 1.5: a trust domain launched on an outdated TCB whose module has been updated since would be
 * up to date after a relaunch. In every other case the TCB at launch counts.
 */
export const convergeRelaunch = (launch: Evaluated, current: Evaluated): QuoteStatus => {
  if (!isOutOfDate(launch) || isOutOfDate(current)) return launch;
  return needsConfiguration(launch) || needsConfiguration(current)
    ? 'TDRelaunchAdvisedConfigurationNeeded'
    : 'TDRelaunchAdvised';
};
