/** 32 bits at a time by xoshiro128** 1.1 (Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators"). */
export function xoshiro128(key: Uint32Array): () => number {
  const state = Int32Array.from(key)
  if (state.every(lane => lane === 0)) state[0] = 1
  return () => {
    const b = state[1]!
    const c = state[2]! ^ state[0]!
    const d = state[3]! ^ b
    state[1] = b ^ c
    state[0] = state[0]! ^ d
    state[2] = c ^ (b << 9)
    state[3] = rotateLeft(d, 11)
    return Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0
  }
}

function rotateLeft(bits: number, by: number): number {
  return (bits << by) | (bits >>> (32 - by))
}
