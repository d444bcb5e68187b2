import { runPass, type Pass } from './fft-passes.ts'

/** Transforms in place: real and imaginary parts in, spectrum out. */
export type Fourier = (re: Float64Array, im: Float64Array) => void

/** Prime factors up to this are transformed directly; a longer one costs less by Bluestein's way. */
const LARGEST_DIRECT_RADIX = 31

/**
 * Plans discrete Fourier transforms X[k] = Σ x[i]·exp(−2πi·ik/length) of any length, `batch` of them at once.
 *
 * The sequences are interleaved: element i of sequence q is at i·batch + q, so that the inner
 * loops run over neighbours. Lengths with small prime factors go by Stockham's passes (which sort
 * themselves, so no bit reversal), others by Bluestein's chirp.
 */
export function planFourier(length: number, batch: number): Fourier {
  const factors = radices(length)
  return factors.some(factor => factor > LARGEST_DIRECT_RADIX)
    ? planBluestein(length, batch)
    : planStockham(length, batch, factors)
}

/** Factors of a length, fours before the other primes. */
function radices(length: number): number[] {
  const factors: number[] = []
  let rest = length
  for (const radix of [4, 2, 3, 5]) {
    for (; rest % radix === 0; rest /= radix) factors.push(radix)
  }
  for (let radix = 7; radix * radix <= rest; radix += 2) {
    for (; rest % radix === 0; rest /= radix) factors.push(radix)
  }
  if (rest > 1) factors.push(rest)
  return factors
}

function planStockham(length: number, batch: number, factors: readonly number[]): Fourier {
  let rest = length
  let stride = batch
  const passes = factors.map((radix): Pass => {
    const butterflies = rest / radix
    const pass = { radix, butterflies, stride, ...twiddles(butterflies, radix) }
    rest = butterflies
    stride *= radix
    return pass
  })
  const workRe = new Float64Array(length * batch)
  const workIm = new Float64Array(length * batch)
  return (re, im) => {
    let [fromRe, fromIm] = [re, im]
    let [toRe, toIm]: [Float64Array, Float64Array] = [workRe, workIm]
    for (const pass of passes) {
      runPass(pass, fromRe, fromIm, toRe, toIm)
      ;[fromRe, fromIm, toRe, toIm] = [toRe, toIm, fromRe, fromIm]
    }
    if (fromRe !== re) {
      re.set(fromRe)
      im.set(fromIm)
    }
  }
}

function twiddles(butterflies: number, radix: number): { cos: Float64Array; sin: Float64Array } {
  const cos = new Float64Array(butterflies * radix)
  const sin = new Float64Array(butterflies * radix)
  for (let p = 0; p < butterflies; p += 1) {
    for (let k = 0; k < radix; k += 1) {
      const angle = (-2 * Math.PI * p * k) / (butterflies * radix)
      cos[p * radix + k] = Math.cos(angle)
      sin[p * radix + k] = Math.sin(angle)
    }
  }
  return { cos, sin }
}

/** Bluestein (1970): ik = (i² + k² − (k−i)²)/2 turns the transform into a convolution of a better length. */
function planBluestein(length: number, batch: number): Fourier {
  const padded = smoothLength(2 * length - 1)
  const factors = radices(padded)
  const forward = planStockham(padded, batch, factors)
  const chirpCos = new Float64Array(length)
  const chirpSin = new Float64Array(length)
  for (let i = 0; i < length; i += 1) {
    // i² mod 2·length keeps the angle small, and with it exact.
    const angle = (Math.PI * ((i * i) % (2 * length))) / length
    chirpCos[i] = Math.cos(angle)
    chirpSin[i] = Math.sin(angle)
  }
  const kernelRe = new Float64Array(padded)
  const kernelIm = new Float64Array(padded)
  for (let i = 0; i < length; i += 1) {
    kernelRe[i] = kernelRe[(padded - i) % padded] = chirpCos[i]! / padded
    kernelIm[i] = kernelIm[(padded - i) % padded] = chirpSin[i]! / padded
  }
  planStockham(padded, 1, factors)(kernelRe, kernelIm)
  const workRe = new Float64Array(padded * batch)
  const workIm = new Float64Array(padded * batch)
  return (re, im) => {
    workRe.fill(0)
    workIm.fill(0)
    multiply(re, im, chirpCos, chirpSin, -1, batch, workRe, workIm)
    forward(workRe, workIm)
    multiply(workRe, workIm, kernelRe, kernelIm, 1, batch, workRe, workIm)
    // The inverse transform is the forward one with the parts exchanged.
    forward(workIm, workRe)
    multiply(workRe, workIm, chirpCos, chirpSin, -1, batch, re, im)
  }
}

/** out[i] = x[i]·(cos[i] + sign·i·sin[i]) for every sequence, over the shorter of the lengths. */
function multiply(
  re: Float64Array,
  im: Float64Array,
  cos: Float64Array,
  sin: Float64Array,
  sign: 1 | -1,
  batch: number,
  outRe: Float64Array,
  outIm: Float64Array,
): void {
  const end = Math.min(cos.length * batch, re.length)
  for (let i = 0, at = 0; at < end; i += 1) {
    const c = cos[i]!
    const s = sign * sin[i]!
    for (let q = 0; q < batch; q += 1, at += 1) {
      const r = re[at]!
      const m = im[at]!
      outRe[at] = r * c - m * s
      outIm[at] = r * s + m * c
    }
  }
}

/** The next length whose only prime factors are 2, 3 and 5. */
function smoothLength(atLeast: number): number {
  for (let length = atLeast; ; length += 1) {
    if (radices(length).every(radix => radix <= 5)) return length
  }
}
