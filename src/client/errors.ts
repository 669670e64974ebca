import { failWith } from '../codec/failure.ts';

/** Failures that a client finds by itself; those of a node keep the node's code. */
export const clientErrors = {
  'client/not-encodable':
    'The transaction cannot be encoded: details.cause names the field and its limit.',
  'client/bad-key': 'A private key is 64 lower-case hex digits, above 0 and below the group order.',
  'client/unreachable':
    'The node does not answer at details.url: start it, or check the address. details.cause says ' +
    'why.',
  'client/timeout':
    'The node did not answer within details.limit: it may be overloaded; try again.',
  'client/too-large': 'The answer of the node is larger than details.limit bytes.',
  'client/bad-answer':
    'The answer is not of the form that the API has: is details.url a node of this version?',
  'client/proof-invalid':
    'The proof does not show what the node answers: do not trust this node. details.cause says ' +
    'why.',
  'client/not-included':
    'The transaction was not included within details.limit: it may still be; look it up by its id.',
  'client/refused':
    'The transaction was included and refused, its fee is charged: details.code and ' +
    'details.guard say why.',
  'client/stream-ended': 'The event stream ended and could not be taken up again.',
} as const;

export type ClientErrorCode = keyof typeof clientErrors;

/** Builds a failed result of the client's catalogue. */
export const clientFail = failWith<ClientErrorCode>(clientErrors);
