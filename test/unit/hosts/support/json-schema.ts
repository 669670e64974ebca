// The part of JSON Schema (draft 2020-12) that the OpenAPI description of the node uses, as a
// validator for tests. A keyword that it does not know is an error, so that none is passed over.

type Json = unknown;
type SchemaObject = Readonly<Record<string, Json>>;

const ANNOTATIONS = new Set(['description', 'title', 'format', 'default', 'examples']);

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const typeOf = (value: Json): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

const hasType = (value: Json, type: string): boolean =>
  typeOf(value) === type || (type === 'number' && typeOf(value) === 'integer');

type Check = (rule: Json, value: Json, schema: SchemaObject, at: string) => readonly string[];

/** Says everything in which a value differs from its schema; `root` resolves references. */
export const validator = (root: SchemaObject) => {
  const resolve = (reference: string): SchemaObject => {
    let found: Json = root;
    for (const part of reference.split('/').slice(1)) {
      found = isObject(found) ? found[part] : undefined;
    }
    if (!isObject(found)) throw new Error(`${reference} leads nowhere`);
    return found;
  };
  const some =
    (exactlyOne: boolean): Check =>
    (rule, value, _, at) => {
      const all = rule as readonly SchemaObject[];
      const failures = all.map((each) => validate(each, value, at));
      const fitting = failures.filter((each) => each.length === 0).length;
      if (exactlyOne ? fitting === 1 : fitting > 0) return [];
      return [`${at}: fits ${fitting} of ${all.length}`, ...failures.flat().slice(0, 5)];
    };
  const CHECKS: Readonly<Record<string, Check>> = {
    $ref: (rule, value, _, at) => validate(resolve(rule as string), value, at),
    type: (rule, value, _, at) =>
      hasType(value, rule as string) ? [] : [`${at}: ${typeOf(value)} is not ${String(rule)}`],
    enum: (rule, value, _, at) =>
      (rule as readonly Json[]).includes(value) ? [] : [`${at}: ${String(value)} is not allowed`],
    const: (rule, value, _, at) => (rule === value ? [] : [`${at}: is not ${String(rule)}`]),
    pattern: (rule, value, _, at) =>
      typeof value !== 'string' || new RegExp(rule as string, 'u').test(value)
        ? []
        : [`${at}: ${value} is not ${String(rule)}`],
    minimum: (rule, value, _, at) => (Number(value) >= Number(rule) ? [] : [`${at}: too small`]),
    maximum: (rule, value, _, at) => (Number(value) <= Number(rule) ? [] : [`${at}: too large`]),
    maxLength: (rule, value, _, at) =>
      typeof value === 'string' && [...value].length > Number(rule) ? [`${at}: too long`] : [],
    maxItems: (rule, value, _, at) =>
      Array.isArray(value) && value.length > Number(rule) ? [`${at}: too many`] : [],
    items: (rule, value, _, at) =>
      Array.isArray(value)
        ? value.flatMap((item, i) => validate(rule as SchemaObject, item, `${at}[${i}]`))
        : [],
    required: (rule, value, _, at) =>
      isObject(value)
        ? (rule as readonly string[])
            .filter((name) => !Object.hasOwn(value, name))
            .map((name) => `${at}.${name}: missing`)
        : [],
    properties: (rule, value, _, at) =>
      isObject(value)
        ? Object.entries(rule as Record<string, SchemaObject>).flatMap(([name, each]) =>
            Object.hasOwn(value, name) ? validate(each, value[name], `${at}.${name}`) : [],
          )
        : [],
    additionalProperties: (rule, value, schema, at) => {
      if (!isObject(value)) return [];
      const known = Object.keys((schema['properties'] ?? {}) as object);
      const others = Object.keys(value).filter((name) => !known.includes(name));
      if (rule === false) return others.map((name) => `${at}.${name}: unknown`);
      return others.flatMap((name) => validate(rule as SchemaObject, value[name], `${at}.${name}`));
    },
    anyOf: some(false),
    oneOf: some(true),
    allOf: (rule, value, _, at) =>
      (rule as readonly SchemaObject[]).flatMap((each) => validate(each, value, at)),
  };
  const validate = (schema: SchemaObject, value: Json, at = '$'): readonly string[] =>
    Object.entries(schema).flatMap(([keyword, rule]) => {
      if (ANNOTATIONS.has(keyword)) return [];
      const check = CHECKS[keyword];
      if (check === undefined) throw new Error(`the validator does not know ${keyword}`);
      return check(rule, value, schema, at);
    });
  return validate;
};

/** Every reference in a document. */
export const referencesIn = (value: Json): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (!isObject(value)) return [];
  const own = typeof value['$ref'] === 'string' ? [value['$ref']] : [];
  return [...own, ...Object.values(value).flatMap(referencesIn)];
};
