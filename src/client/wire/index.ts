export * from './history.ts';
export * from './json.ts';
export * from './limits.ts';
export * from './node.ts';
export * from './requests.ts';
export * from './state.ts';
