import { ACTOR_KINDS, type ActorKind } from '../../src/machines/kit/index.ts';

/** A key of the state tree as people read it: actors by name, what else there is by its bytes. */
export const nameOfKey = (key: string): string => {
  const code = Number.parseInt(key.slice(2, 4), 16);
  const kind = (Object.keys(ACTOR_KINDS) as ActorKind[]).find(
    (each) => ACTOR_KINDS[each].code === code,
  );
  return key.startsWith('00') ? `${kind}:${key.slice(4)}` : `record ${key}`;
};
