import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { invariantsOf, simulate } from '../../../tools/spec/quint.ts';
import { SPEC_FOLDER, type Simulated } from '../../../tools/spec/quint.ts';
import { expectReplays, REPLAYED } from './support/replay.ts';
import { SpecMarket } from './support/spec-market.ts';
import { readSpecTrace, type SpecTrace } from './support/trace.ts';

/** One whose samples are rich: the second test says what they have to contain. */
const SEED = 100;
const TRACES = 30;
const STEPS = 45;
const TIMEOUT_MS = 120_000;

/** How challenges have to end in these traces, or they show less than they seem to. */
const ENDINGS = ['decided', 'lastPanel', 'panelCannotSit', 'payloadMissing', 'seedMissing'];

describe(`${TRACES} samples of docs/spec, ${STEPS} steps each`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'aivm-spec-'));
  const invariants = invariantsOf();
  let simulated: Simulated;
  let traces: readonly SpecTrace[];

  beforeAll(async () => {
    simulated = await simulate({
      file: join(SPEC_FOLDER, 'invariants.qnt'),
      seed: SEED,
      samples: TRACES,
      steps: STEPS,
      invariants,
      traces: join(folder, 'trace_{seq}.itf.json'),
    });
    const files = readdirSync(folder).toSorted();
    traces = files.map((file) => readSpecTrace(join(folder, file)));
  }, TIMEOUT_MS);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('satisfy the invariants of the specification', () => {
    expect(invariants.length).toBeGreaterThan(25);
    expect(simulated.violated, simulated.report).toEqual([]);
    expect(traces).toHaveLength(TRACES);
  });

  it('do everything that the specification allows, and end in every way', () => {
    const states = traces.flat();
    const done = new Set(states.map(({ did }) => did.name));
    expect([...done].toSorted()).toEqual(['init', ...REPLAYED].toSorted());
    const endings = new Set(
      states.flatMap(({ world }) => world.challenges.map(({ ending }) => ending)),
    );
    endings.delete('open');
    expect([...endings].toSorted()).toEqual(ENDINGS);
  });

  it('meet the same states in the runtime, step by step', () => {
    const market = new SpecMarket().open();
    const start = market.snapshot();
    for (const [index, trace] of traces.entries()) {
      market.restart(start);
      expectReplays(market, trace, `trace ${index}`);
    }
  });
});
