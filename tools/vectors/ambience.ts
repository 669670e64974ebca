/**
 * What a block must not depend on (PROTOCOL §10), taken away while one executes: whoever asks for
 * the time, for chance, for a timer, for the environment or for the locale gets an exception.
 */

const host = globalThis as unknown as Record<string, unknown>;

/** Functions of Math that are exact on every engine. */
const EXACT_MATH = ['abs', 'ceil', 'clz32', 'floor', 'imul', 'max', 'min', 'sign', 'trunc'];

const own = (object: object, names: readonly string[]) =>
  names.filter((name) => Object.hasOwn(object, name)).map((name) => ({ object, name }));

const mathFunctions = Object.getOwnPropertyNames(Math).filter(
  (name) => typeof Math[name as keyof Math] === 'function' && !EXACT_MATH.includes(name),
);

/** Everything that is taken away. */
export const AMBIENT: readonly { readonly object: object; readonly name: string }[] = [
  ...own(host, ['Date', 'performance', 'crypto', 'fetch', 'Intl', 'Atomics', 'WeakRef']),
  ...own(host, ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']),
  ...own(process, ['env', 'hrtime', 'nextTick', 'uptime', 'memoryUsage', 'pid', 'argv']),
  ...own(Math, mathFunctions),
  ...own(String.prototype, ['localeCompare', 'toLocaleLowerCase', 'toLocaleUpperCase']),
  ...own(Number.prototype, ['toLocaleString']),
  ...own(BigInt.prototype, ['toLocaleString']),
];

/** A value that throws whatever is done with it. */
const forbidden = (name: string): unknown => {
  const complain = (): never => {
    throw new Error(`${name} was used while a block executed`);
  };
  const traps = ['apply', 'construct', 'get', 'set', 'has', 'ownKeys', 'deleteProperty'] as const;
  return new Proxy(function stub() {}, Object.fromEntries(traps.map((trap) => [trap, complain])));
};

/** Runs with all of it taken away, and gives it back. */
export const withoutAmbience = <T>(run: () => T): T => {
  const kept = AMBIENT.map(({ object, name }) => ({
    object,
    name,
    descriptor: Object.getOwnPropertyDescriptor(object, name) as PropertyDescriptor,
  }));
  try {
    for (const { object, name, descriptor } of kept) {
      const { enumerable = false } = descriptor;
      const value = forbidden(name);
      Object.defineProperty(object, name, { value, enumerable, configurable: true });
    }
    return run();
  } finally {
    for (const { object, name, descriptor } of kept) {
      Object.defineProperty(object, name, descriptor);
    }
  }
};
