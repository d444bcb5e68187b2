/** A float's bits, so changed that as whole numbers they rise with its value. */
export function orderedBits(bits: number): number {
  return (bits & 0x80000000) !== 0 ? ~bits >>> 0 : (bits | 0x80000000) >>> 0
}

/** The float whose ordered bits these are. */
export function fromOrderedBits(ordered: number): number {
  const bits = (ordered & 0x80000000) !== 0 ? ordered & 0x7fffffff : ~ordered
  return new Float32Array(Uint32Array.of(bits).buffer)[0]!
}
