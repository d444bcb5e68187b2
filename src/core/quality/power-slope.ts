import { lowSpectrum } from '../image/low-spectrum.ts'
import type { Plane } from '../image/plane.ts'

/**
 * CellProfiler's PowerLogLogSlope: how fast the power falls with spatial frequency.
 *
 * The least-squares slope of log power over log ring, on rings 2 to an eighth of the shorter side.
 * 0 for a plane without contrast or too small for two rings. Not monotonic with blur once noise
 * fills the high frequencies.
 * @param mean of the plane's pixels.
 */
export function measurePowerSlope(plane: Plane, mean: number): number {
  const rings = Math.floor(Math.min(plane.width, plane.height) / 8) - 1
  if (rings < 3) return 0
  const power = ringPowers(plane, mean, rings)
  let count = 0
  let sumX = 0
  let sumY = 0
  let sumXX = 0
  let sumXY = 0
  for (let ring = 2; ring <= rings; ring += 1) {
    if (!(power[ring]! > 0)) continue
    const x = Math.log(ring)
    const y = Math.log(power[ring]!)
    count += 1
    sumX += x
    sumY += y
    sumXX += x * x
    sumXY += x * y
  }
  return count < 2 ? 0 : (count * sumXY - sumX * sumY) / (count * sumXX - sumX * sumX)
}

/**
 * Power summed over rings ⌊distance⌋ + 1.
 *
 * Trap: centrosome counts negative frequencies from the far edge of the array, so that −1 lies at
 * distance 0 and −v at v − 1.
 */
function ringPowers(plane: Plane, mean: number, rings: number): Float64Array {
  const { reach, power } = lowSpectrum(plane, mean, rings)
  const ringPower = new Float64Array(rings + 1)
  const add = (v: number, u: number, value: number): void => {
    const a = v < 0 ? -v - 1 : v
    const b = u < 0 ? -u - 1 : u
    const ring = Math.floor(Math.sqrt(a * a + b * b)) + 1
    if (ring <= rings) ringPower[ring] = ringPower[ring]! + value
  }
  for (let v = -reach; v <= reach; v += 1) {
    for (let u = 0; u <= reach; u += 1) {
      const value = power[(v + reach) * (reach + 1) + u]!
      add(v, u, value)
      if (u > 0) add(-v, -u, value)
    }
  }
  return ringPower
}
