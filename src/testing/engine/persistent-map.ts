/** A node of an AVL tree; never changed once it is made. */
interface Node<V> {
  readonly key: string;
  readonly value: V;
  readonly left: Node<V> | undefined;
  readonly right: Node<V> | undefined;
  readonly height: number;
  readonly size: number;
}

type Tree<V> = Node<V> | undefined;

const heightOf = (tree: Tree<unknown>): number => tree?.height ?? 0;
const sizeOf = (tree: Tree<unknown>): number => tree?.size ?? 0;

const nodeOf = <V>(key: string, value: V, left: Tree<V>, right: Tree<V>): Node<V> => ({
  key,
  value,
  left,
  right,
  height: 1 + Math.max(heightOf(left), heightOf(right)),
  size: 1 + sizeOf(left) + sizeOf(right),
});

/** The same entries as one node above two trees whose heights differ by at most 2. */
const balanced = <V>(key: string, value: V, left: Tree<V>, right: Tree<V>): Node<V> => {
  const lean = heightOf(left) - heightOf(right);
  if (left !== undefined && lean > 1) {
    const { left: outer, right: inner } = left;
    if (inner === undefined || heightOf(outer) >= heightOf(inner)) {
      return nodeOf(left.key, left.value, outer, nodeOf(key, value, inner, right));
    }
    const lower = nodeOf(left.key, left.value, outer, inner.left);
    return nodeOf(inner.key, inner.value, lower, nodeOf(key, value, inner.right, right));
  }
  if (right !== undefined && lean < -1) {
    const { left: inner, right: outer } = right;
    if (inner === undefined || heightOf(outer) >= heightOf(inner)) {
      return nodeOf(right.key, right.value, nodeOf(key, value, left, inner), outer);
    }
    const upper = nodeOf(right.key, right.value, inner.right, outer);
    return nodeOf(inner.key, inner.value, nodeOf(key, value, left, inner.left), upper);
  }
  return nodeOf(key, value, left, right);
};

const withEntry = <V>(tree: Tree<V>, key: string, value: V): Node<V> => {
  if (tree === undefined) return nodeOf(key, value, undefined, undefined);
  if (key === tree.key) return nodeOf(key, value, tree.left, tree.right);
  return key < tree.key
    ? balanced(tree.key, tree.value, withEntry(tree.left, key, value), tree.right)
    : balanced(tree.key, tree.value, tree.left, withEntry(tree.right, key, value));
};

const firstOf = <V>(tree: Node<V>): Node<V> => {
  let node = tree;
  while (node.left !== undefined) node = node.left;
  return node;
};

const withoutKey = <V>(tree: Tree<V>, key: string): Tree<V> => {
  if (tree === undefined) return undefined;
  const { left, right } = tree;
  if (key < tree.key) return balanced(tree.key, tree.value, withoutKey(left, key), right);
  if (key > tree.key) return balanced(tree.key, tree.value, left, withoutKey(right, key));
  if (left === undefined || right === undefined) return left ?? right;
  const next = firstOf(right);
  return balanced(next.key, next.value, left, withoutKey(right, next.key));
};

/** Nodes from the first whose key is not below `from`, in order. */
function* nodesFrom<V>(tree: Tree<V>, from: string): Iterable<Node<V>> {
  const path: Node<V>[] = [];
  for (let node = tree; node !== undefined;) {
    if (node.key < from) node = node.right;
    else {
      path.push(node);
      node = node.left;
    }
  }
  for (let node = path.pop(); node !== undefined; node = path.pop()) {
    yield node;
    for (let below = node.right; below !== undefined; below = below.left) path.push(below);
  }
}

/**
 * A sorted map that never changes: `with` gives another one that shares all but O(log n) nodes with
 * it. So a state can be kept, and gone on from in several ways, for nothing. Keys compare by UTF-16
 * unit, which for hex, and for texts of one unit a byte, is the order of the bytes.
 */
export class PersistentMap<V> {
  readonly #tree: Tree<V>;

  private constructor(tree: Tree<V>) {
    this.#tree = tree;
  }

  static empty<T>(): PersistentMap<T> {
    return new PersistentMap<T>(undefined);
  }

  get size(): number {
    return sizeOf(this.#tree);
  }

  get(key: string): V | undefined {
    let node = this.#tree;
    while (node !== undefined && node.key !== key) node = key < node.key ? node.left : node.right;
    return node?.value;
  }

  /** The map with this entry, or without the key where the value is undefined. */
  with(key: string, value: V | undefined): PersistentMap<V> {
    if (value !== undefined) return new PersistentMap(withEntry(this.#tree, key, value));
    return this.get(key) === undefined ? this : new PersistentMap(withoutKey(this.#tree, key));
  }

  /** Entries with `from` ≤ key < `to`, or to the end, in order. */
  *range(from = '', to?: string): Iterable<readonly [key: string, value: V]> {
    for (const { key, value } of nodesFrom(this.#tree, from)) {
      if (to !== undefined && key >= to) return;
      yield [key, value];
    }
  }
}
