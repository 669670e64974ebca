import type { Reasons } from './reasons.ts';

/** Fields of the facts that are restored. */
const VERSION = "quoteVersion: stored.quoteVersion as QuoteFacts['quoteVersion']";
const OTHERS = [
  'launch: evaluationOf(launch)',
  'current: evaluationOf(stored.current)',
  'advisoryIds: launch.advisoryIds',
  'tcbDate: launch.tcbDate',
  'report',
  'reportData: report.reportData',
].join(', ');

export const TRUST: Reasons = {
  'tee/facts.ts': {
    'the rest of what is stored has the version in it: this names its type': [
      ['field forgotten', `{ ...rest, ${VERSION}, ${OTHERS}, }`, `{ ...rest, ${OTHERS} }`],
    ],
  },
  'tee/needs.ts': {
    'a chain that is read has exactly three certificates': [
      [
        'connective',
        'leafDer === undefined || caDer === undefined',
        '(leafDer === undefined) && (caDer === undefined)',
      ],
      [
        'condition forgotten',
        'leafDer === undefined || caDer === undefined',
        'leafDer === undefined',
      ],
      [
        'condition forgotten',
        'leafDer === undefined || caDer === undefined',
        'caDer === undefined',
      ],
      ['decision', 'leafDer === undefined || caDer === undefined', 'false'],
    ],
  },
  'trust-store/actions.ts': {
    'TCB information comes alone, and nothing else is refunded': [
      [
        'method',
        'ingested.some((each) => isRefunded(each, call))',
        'ingested.every((each) => isRefunded(each, call))',
      ],
    ],
  },
  'trust-store/machine.ts': {
    'a document that is accepted has no reason': [['decision', 'judged.ok', 'false']],
  },
};
