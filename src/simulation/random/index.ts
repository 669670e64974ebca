export { type RunSource, runSource, runSources } from './source.ts';
export { Stream } from './stream.ts';
