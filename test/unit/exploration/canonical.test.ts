import { describe, expect, it } from 'vitest';
import { beginWorld } from '../../../src/exploration/beginning.ts';
import { canonicalText } from '../../../src/exploration/canonical/state.ts';
import { contextWriter } from '../../../src/exploration/canonical/writer.ts';
import type { Ground } from '../../../src/exploration/ground.ts';
import { Lexicon } from '../../../src/exploration/lexicon.ts';
import { movesOf } from '../../../src/exploration/moves/index.ts';
import { Setting } from '../../../src/exploration/setting.ts';
import { unwrap } from '../../../src/runtime/unwrap.ts';
import { worldOf } from './support.ts';

const setting = new Setting(worldOf('audit'));
const lexicon = new Lexicon(setting);
const textOf = ({ view }: Ground): string => canonicalText(setting, view, lexicon);

/** The state behind moves whose labels match, each by the first that does. */
const after = (start: Ground, ...patterns: readonly RegExp[]): Ground =>
  patterns.reduce((ground, pattern) => {
    if (pattern.test('a block passes')) return setting.land.pass(ground).after;
    const move = movesOf({ setting, ground, lexicon }).find(({ label }) => pattern.test(label));
    if (move === undefined) throw new Error(`no move is ${pattern}`);
    const { after: next, receipt } = unwrap(setting.land.send(ground, move.order));
    expect(receipt?.outcome, move.label).toEqual({ type: 'applied' });
    return next;
  }, start);

const begin = unwrap(beginWorld(setting));
const BLOCK = /^a block passes$/;
const drawn = after(begin, /publishes/, BLOCK, BLOCK, /beacon/, /drawn$/);

describe('the canonical form of a state', () => {
  it('is made of no number whose meaning is not known', () => {
    expect(() => contextWriter('request')).toThrow(/request\.openedAt .*without a meaning/);
    expect(contextWriter('provider')).toBeTypeOf('function');
  });

  it('is one for all who could have done the same', () => {
    const texts = [0, 1, 2].map((seat) =>
      textOf(after(drawn, new RegExp(`commits to wrong in seat ${seat} `))),
    );
    expect(new Set(texts).size).toBe(1);
    expect(texts[0]).not.toBe(textOf(after(drawn, /commits to right in seat 0 /)));
    expect(texts[0]).not.toBe(textOf(drawn));
  });

  it('is one for all orders that come to the same', () => {
    const first = after(drawn, /to wrong in seat 0 /, /to right in seat 1 /);
    const second = after(drawn, /to right in seat 2 /, /to wrong in seat 1 /);
    expect(textOf(first)).toBe(textOf(second));
  });

  it('tells states apart by what is still to come', () => {
    expect(textOf(after(begin, BLOCK))).not.toBe(textOf(begin));
    expect(textOf(after(begin, /publishes/))).not.toBe(textOf(begin));
  });

  it('does not depend on the height', () => {
    // Nobody challenges, all is settled, and only time passes.
    const idle = new Setting(worldOf('silence'));
    const words = new Lexicon(idle);
    let ground = unwrap(beginWorld(idle));
    const texts: string[] = [];
    for (let block = 0; block < 8; block += 1) {
      texts.push(canonicalText(idle, ground.view, words));
      ground = idle.land.pass(ground).after;
    }
    expect(texts[0]).not.toBe(texts[1]);
    expect(texts.at(-1)).toBe(texts.at(-2));
  });
});

describe('a block in hand', () => {
  it('is, message by message, the block that has all of them', () => {
    const committed = after(drawn, /to wrong in seat 0 /, /to right in seat 1 /, /cannot.*seat 2 /);
    const { parent, moment, orders } = committed;
    expect(orders.length).toBeGreaterThan(3);
    const { engine } = setting.land;
    const whole = engine.extend(parent, moment.tip.time, orders).moment;
    expect(whole.tip.height).toBe(moment.tip.height);
    expect(engine.root(whole)).toBe(engine.root(moment));
  });
});
