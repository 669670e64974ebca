import { failWith } from '../codec/failure.ts';

/** Failures of a node as a host of the runtime: its configuration, its mempool, its HTTP API. */
export const hostErrors = {
  'hosts/bad-option': 'An option of the node is out of range: see details.option and expected.',
  'hosts/port-in-use':
    'Another program listens at details.host and details.port: stop it, or choose another port.',
  'hosts/cannot-listen':
    'The node cannot listen at details.host and details.port: see details.cause.',
  'hosts/data-dir':
    'The data directory cannot be used: create details.path, or give its owner the right to write.',
  'hosts/operator-key':
    'The dev beacon of this chain needs an account that submits its rounds: name its key as the ' +
    'operator key. Only the local preset has one that everybody knows.',
  'hosts/stopped': 'The node is stopping: ask it again when it runs.',
  'hosts/halted':
    'The node has stopped making blocks, and accepts no transaction: details.cause says why.',
  'hosts/busy': 'The node is answering as many requests as it may: try again in a moment.',
  'hosts/internal':
    'The node met a condition that it excludes; the chain is untouched. Report what you asked for.',

  'hosts/duplicate-transaction': 'The transaction is known already: look it up by details.id.',
  'hosts/nonce-too-far':
    'The nonce is too far ahead of the account: send those from details.expected on first.',
  'hosts/replacement-underpriced':
    'Another transaction of this nonce is waiting: offer details.minimum or more to replace it.',
  'hosts/mempool-full':
    'The mempool is full of better paid transactions: offer more than details.price, or wait.',
  'hosts/evicted':
    'The transaction made room in the full mempool for a better paid one: offer a higher price.',
  'hosts/replaced': 'A transaction of the same nonce and a higher price took its place.',
  'hosts/expired': 'The last height that could carry the transaction is past.',
  'hosts/waited-too-long':
    'The transaction waited for details.blocks blocks, for an earlier nonce that did not come.',

  'hosts/unknown-route':
    'There is no such address, or not with this method: GET /openapi.json lists what there is.',
  'hosts/bad-http': 'The bytes are no HTTP request: speak HTTP/1.1.',
  'hosts/headers-too-large': 'The headers of the request are larger than the node takes.',
  'hosts/request-timeout': 'The request did not arrive in time.',
  'hosts/bad-request': 'A part of the request is not of its form: see details.in, path, expected.',
  'hosts/bad-json': 'The body is not JSON (RFC 8259): see that it is complete.',
  'hosts/unsupported-media-type':
    'The body is of another media type than those in details.expected.',
  'hosts/body-too-large': 'The body is larger than details.limit bytes.',
  'hosts/url-too-long': 'The address is longer than details.limit characters.',
  'hosts/unknown-kind': 'There is no such kind of actor: see details.known.',
  'hosts/bad-key': 'The key of an actor of this kind is details.expected.',
  'hosts/unknown-transaction': 'No such transaction waits or was included: check its id.',
  'hosts/unknown-block':
    'There is no such block yet: name an id, a height up to the tip, or latest.',
  'hosts/bad-range': 'A range of heights begins with from and has at most details.limit blocks.',
  'hosts/too-many-subscribers': 'As many listeners as allowed are subscribed: try again later.',
  'hosts/subscriber-too-slow':
    'The events were read too slowly and the stream ends: subscribe again from details.next.',
} as const;

export type HostErrorCode = keyof typeof hostErrors;

/** Builds a failed result of this catalogue. */
export const hostFail = failWith<HostErrorCode>(hostErrors);
