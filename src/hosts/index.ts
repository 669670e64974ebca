export type { Clock, NodeConfig, NodeOptions, Production } from './embedded/options.ts';
export { EmbeddedNode } from './embedded/node.ts';
export { NodeService } from './embedded/layer.ts';
export * from './embedded/limits.ts';
export type { AccountState, ProducedBlock, TransactionStatus } from './embedded/status.ts';
export { type HostErrorCode, hostErrors } from './errors.ts';
export * from './http/limits.ts';
export type { HttpOptions } from './http/options.ts';
export {
  openNode,
  startNode,
  type OpenNode,
  type RunningNode,
  type StartOptions,
} from './start.ts';
