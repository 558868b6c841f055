// Proofs of a Merkle tree, verified as RFC 9162 says in 2.1.3.2 and 2.1.4.2 (the trees are those of RFC 6962).
import { Broken, same, sha256, type Bytes } from './bytes'

const node = (left: Uint8Array, right: Uint8Array): Promise<Bytes> => sha256(Uint8Array.of(1), left, right)

// Sizes may pass 32 bits: no shifts.
const odd = (n: number): boolean => n % 2 === 1
const half = (n: number): number => Math.floor(n / 2)

function checkSizes(...sizes: number[]): void {
  if (!sizes.every((size) => Number.isSafeInteger(size) && size >= 0)) throw new Broken('no such size')
}

/** The root that a leaf and its proof come to. Whether it is the right one, the caller compares. */
export async function rootOf(leaf: Uint8Array, index: number, size: number, proof: Uint8Array[]): Promise<Bytes> {
  checkSizes(index, size)
  if (index >= size) throw new Broken('the leaf lies outside the tree')
  let at = index
  let last = size - 1
  let root = new Uint8Array(leaf)
  for (const one of proof) {
    if (last === 0) throw new Broken('the proof is too long')
    if (odd(at) || at === last) {
      root = await node(one, root)
      while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      root = await node(root, one)
    }
    ;[at, last] = [half(at), half(last)]
  }
  if (last !== 0) throw new Broken('the proof is too short')
  return root
}

export interface Rooted { size: number; root: Uint8Array }

/** Whether the tree of `later` begins with the tree of `earlier`. */
export async function goesOn(earlier: Rooted, later: Rooted, proof: Uint8Array[]): Promise<boolean> {
  checkSizes(earlier.size, later.size)
  if (earlier.size < 1 || earlier.size > later.size) return false
  if (earlier.size === later.size) return proof.length === 0 && same(earlier.root, later.root)
  const path = isPowerOfTwo(earlier.size) ? [earlier.root, ...proof] : proof
  const [first, ...rest] = path
  if (!first || !proof.length) return false
  let at = earlier.size - 1
  let last = later.size - 1
  while (odd(at)) [at, last] = [half(at), half(last)]
  let [old, now]: [Uint8Array, Uint8Array] = [first, first]
  for (const one of rest) {
    if (last === 0) return false
    if (odd(at) || at === last) {
      ;[old, now] = [await node(one, old), await node(one, now)]
      while (!odd(at) && at !== 0) [at, last] = [half(at), half(last)]
    } else {
      now = await node(now, one)
    }
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && same(old, earlier.root) && same(now, later.root)
}

function isPowerOfTwo(n: number): boolean {
  let rest = n
  while (!odd(rest)) rest = half(rest)
  return rest === 1
}
