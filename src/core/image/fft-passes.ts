/** One pass of Stockham's transform over interleaved sequences. */
export interface Pass {
  readonly radix: number
  /** Butterflies of this pass: what is left of the length after its radix. */
  readonly butterflies: number
  /** Neighbouring elements that share a twiddle factor. */
  readonly stride: number
  /** exp(−2πi·p·k/(butterflies·radix)) at p·radix + k. */
  readonly cos: Float64Array
  readonly sin: Float64Array
}

/** Decimation in frequency (Van Loan 1992, §1.7): butterflies of `radix` elements, then their twiddle factors. */
export function runPass(
  pass: Pass,
  fromRe: Float64Array,
  fromIm: Float64Array,
  toRe: Float64Array,
  toIm: Float64Array,
): void {
  if (pass.radix === 2) passOfTwo(pass, fromRe, fromIm, toRe, toIm)
  else if (pass.radix === 3) passOfThree(pass, fromRe, fromIm, toRe, toIm)
  else if (pass.radix === 4) passOfFour(pass, fromRe, fromIm, toRe, toIm)
  else if (pass.radix === 5) passOfFive(pass, fromRe, fromIm, toRe, toIm)
  else passOfOdd(pass, fromRe, fromIm, toRe, toIm)
}

function passOfTwo(
  { butterflies, stride, cos, sin }: Pass,
  fromRe: Float64Array,
  fromIm: Float64Array,
  toRe: Float64Array,
  toIm: Float64Array,
): void {
  const half = butterflies * stride
  for (let p = 0; p < butterflies; p += 1) {
    const c = cos[2 * p + 1]!
    const s = sin[2 * p + 1]!
    let a = p * stride
    let out = 2 * a
    for (const end = a + stride; a < end; a += 1, out += 1) {
      const ar = fromRe[a]!
      const ai = fromIm[a]!
      const br = fromRe[a + half]!
      const bi = fromIm[a + half]!
      toRe[out] = ar + br
      toIm[out] = ai + bi
      const dr = ar - br
      const di = ai - bi
      toRe[out + stride] = dr * c - di * s
      toIm[out + stride] = dr * s + di * c
    }
  }
}

function passOfThree(
  { butterflies, stride, cos, sin }: Pass,
  fromRe: Float64Array,
  fromIm: Float64Array,
  toRe: Float64Array,
  toIm: Float64Array,
): void {
  const third = butterflies * stride
  const height = Math.sqrt(3) / 2
  for (let p = 0; p < butterflies; p += 1) {
    const c1 = cos[3 * p + 1]!
    const s1 = sin[3 * p + 1]!
    const c2 = cos[3 * p + 2]!
    const s2 = sin[3 * p + 2]!
    let a = p * stride
    let out = 3 * a
    for (const end = a + stride; a < end; a += 1, out += 1) {
      const ar = fromRe[a]!
      const ai = fromIm[a]!
      const br = fromRe[a + third]!
      const bi = fromIm[a + third]!
      const cr = fromRe[a + 2 * third]!
      const ci = fromIm[a + 2 * third]!
      const sumR = br + cr
      const sumI = bi + ci
      const midR = ar - 0.5 * sumR
      const midI = ai - 0.5 * sumI
      const turnR = height * (bi - ci)
      const turnI = height * (cr - br)
      const r1 = midR + turnR
      const i1 = midI + turnI
      const r2 = midR - turnR
      const i2 = midI - turnI
      toRe[out] = ar + sumR
      toIm[out] = ai + sumI
      toRe[out + stride] = r1 * c1 - i1 * s1
      toIm[out + stride] = r1 * s1 + i1 * c1
      toRe[out + 2 * stride] = r2 * c2 - i2 * s2
      toIm[out + 2 * stride] = r2 * s2 + i2 * c2
    }
  }
}

function passOfFour(
  { butterflies, stride, cos, sin }: Pass,
  fromRe: Float64Array,
  fromIm: Float64Array,
  toRe: Float64Array,
  toIm: Float64Array,
): void {
  const quarter = butterflies * stride
  for (let p = 0; p < butterflies; p += 1) {
    const c1 = cos[4 * p + 1]!
    const s1 = sin[4 * p + 1]!
    const c2 = cos[4 * p + 2]!
    const s2 = sin[4 * p + 2]!
    const c3 = cos[4 * p + 3]!
    const s3 = sin[4 * p + 3]!
    let a = p * stride
    let out = 4 * a
    for (const end = a + stride; a < end; a += 1, out += 1) {
      const ar = fromRe[a]!
      const ai = fromIm[a]!
      const br = fromRe[a + quarter]!
      const bi = fromIm[a + quarter]!
      const cr = fromRe[a + 2 * quarter]!
      const ci = fromIm[a + 2 * quarter]!
      const dr = fromRe[a + 3 * quarter]!
      const di = fromIm[a + 3 * quarter]!
      const acR = ar + cr
      const acI = ai + ci
      const bdR = br + dr
      const bdI = bi + di
      const evenR = ar - cr
      const evenI = ai - ci
      const oddR = bi - di
      const oddI = dr - br
      toRe[out] = acR + bdR
      toIm[out] = acI + bdI
      const r1 = evenR + oddR
      const i1 = evenI + oddI
      toRe[out + stride] = r1 * c1 - i1 * s1
      toIm[out + stride] = r1 * s1 + i1 * c1
      const r2 = acR - bdR
      const i2 = acI - bdI
      toRe[out + 2 * stride] = r2 * c2 - i2 * s2
      toIm[out + 2 * stride] = r2 * s2 + i2 * c2
      const r3 = evenR - oddR
      const i3 = evenI - oddI
      toRe[out + 3 * stride] = r3 * c3 - i3 * s3
      toIm[out + 3 * stride] = r3 * s3 + i3 * c3
    }
  }
}

function passOfFive(
  { butterflies, stride, cos, sin }: Pass,
  fromRe: Float64Array,
  fromIm: Float64Array,
  toRe: Float64Array,
  toIm: Float64Array,
): void {
  const fifth = butterflies * stride
  const cos1 = Math.cos((2 * Math.PI) / 5)
  const cos2 = Math.cos((4 * Math.PI) / 5)
  const sin1 = Math.sin((2 * Math.PI) / 5)
  const sin2 = Math.sin((4 * Math.PI) / 5)
  for (let p = 0; p < butterflies; p += 1) {
    const c1 = cos[5 * p + 1]!
    const s1 = sin[5 * p + 1]!
    const c2 = cos[5 * p + 2]!
    const s2 = sin[5 * p + 2]!
    const c3 = cos[5 * p + 3]!
    const s3 = sin[5 * p + 3]!
    const c4 = cos[5 * p + 4]!
    const s4 = sin[5 * p + 4]!
    let a = p * stride
    let out = 5 * a
    for (const end = a + stride; a < end; a += 1, out += 1) {
      const ar = fromRe[a]!
      const ai = fromIm[a]!
      const br = fromRe[a + fifth]!
      const bi = fromIm[a + fifth]!
      const cr = fromRe[a + 2 * fifth]!
      const ci = fromIm[a + 2 * fifth]!
      const dr = fromRe[a + 3 * fifth]!
      const di = fromIm[a + 3 * fifth]!
      const er = fromRe[a + 4 * fifth]!
      const ei = fromIm[a + 4 * fifth]!
      const beR = br + er
      const beI = bi + ei
      const cdR = cr + dr
      const cdI = ci + di
      const beDifferenceR = br - er
      const beDifferenceI = bi - ei
      const cdDifferenceR = cr - dr
      const cdDifferenceI = ci - di
      const even1R = ar + beR * cos1 + cdR * cos2
      const even1I = ai + beI * cos1 + cdI * cos2
      const even2R = ar + beR * cos2 + cdR * cos1
      const even2I = ai + beI * cos2 + cdI * cos1
      const odd1R = beDifferenceI * sin1 + cdDifferenceI * sin2
      const odd1I = -beDifferenceR * sin1 - cdDifferenceR * sin2
      const odd2R = beDifferenceI * sin2 - cdDifferenceI * sin1
      const odd2I = cdDifferenceR * sin1 - beDifferenceR * sin2
      toRe[out] = ar + beR + cdR
      toIm[out] = ai + beI + cdI
      const r1 = even1R + odd1R
      const i1 = even1I + odd1I
      toRe[out + stride] = r1 * c1 - i1 * s1
      toIm[out + stride] = r1 * s1 + i1 * c1
      const r2 = even2R + odd2R
      const i2 = even2I + odd2I
      toRe[out + 2 * stride] = r2 * c2 - i2 * s2
      toIm[out + 2 * stride] = r2 * s2 + i2 * c2
      const r3 = even2R - odd2R
      const i3 = even2I - odd2I
      toRe[out + 3 * stride] = r3 * c3 - i3 * s3
      toIm[out + 3 * stride] = r3 * s3 + i3 * c3
      const r4 = even1R - odd1R
      const i4 = even1I - odd1I
      toRe[out + 4 * stride] = r4 * c4 - i4 * s4
      toIm[out + 4 * stride] = r4 * s4 + i4 * c4
    }
  }
}

/** Any odd radix: elements j and radix − j of a butterfly share their cosines and sines. */
function passOfOdd(
  { radix, butterflies, stride, cos, sin }: Pass,
  fromRe: Float64Array,
  fromIm: Float64Array,
  toRe: Float64Array,
  toIm: Float64Array,
): void {
  const part = butterflies * stride
  const turnCos = Float64Array.from({ length: radix }, (_, j) =>
    Math.cos((2 * Math.PI * j) / radix),
  )
  const turnSin = Float64Array.from({ length: radix }, (_, j) =>
    Math.sin((2 * Math.PI * j) / radix),
  )
  const pairs = (radix - 1) / 2
  const sumRe = new Float64Array(pairs + 1)
  const sumIm = new Float64Array(pairs + 1)
  const differenceRe = new Float64Array(pairs + 1)
  const differenceIm = new Float64Array(pairs + 1)
  for (let p = 0; p < butterflies; p += 1) {
    for (let q = 0; q < stride; q += 1) {
      const a = p * stride + q
      const out = p * stride * radix + q
      const ar = fromRe[a]!
      const ai = fromIm[a]!
      let totalR = ar
      let totalI = ai
      for (let j = 1, near = a + part, far = a + radix * part - part; j <= pairs; j += 1) {
        totalR += sumRe[j] = fromRe[near]! + fromRe[far]!
        totalI += sumIm[j] = fromIm[near]! + fromIm[far]!
        differenceRe[j] = fromRe[near]! - fromRe[far]!
        differenceIm[j] = fromIm[near]! - fromIm[far]!
        near += part
        far -= part
      }
      toRe[out] = totalR
      toIm[out] = totalI
      for (let k = 1; k <= pairs; k += 1) {
        let evenR = ar
        let evenI = ai
        let oddR = 0
        let oddI = 0
        for (let j = 1, turn = k; j <= pairs; j += 1) {
          const c = turnCos[turn]!
          const s = turnSin[turn]!
          evenR += sumRe[j]! * c
          evenI += sumIm[j]! * c
          oddR += differenceIm[j]! * s
          oddI -= differenceRe[j]! * s
          turn += k
          if (turn >= radix) turn -= radix
        }
        const near = p * radix + k
        const far = p * radix + radix - k
        const nearR = evenR + oddR
        const nearI = evenI + oddI
        const farR = evenR - oddR
        const farI = evenI - oddI
        toRe[out + k * stride] = nearR * cos[near]! - nearI * sin[near]!
        toIm[out + k * stride] = nearR * sin[near]! + nearI * cos[near]!
        toRe[out + (radix - k) * stride] = farR * cos[far]! - farI * sin[far]!
        toIm[out + (radix - k) * stride] = farR * sin[far]! + farI * cos[far]!
      }
    }
  }
}
