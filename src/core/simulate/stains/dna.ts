import { visitInside } from '../frame.ts'
import { smoothNoise } from '../noise.ts'
import type { Nucleus } from '../nucleus.ts'
import type { Specimen } from '../specimen.ts'

/** Sizes of the clumps and of the grains of chromatin, in µm. */
const CLUMP = 3.4
const GRAIN = 1.5

/** Hoechst, DAPI: chromatin in clumps and grains, dark nucleoli, a rim of packed chromatin at the envelope. */
export function stainDna({ frame, nuclei }: Specimen): Float32Array {
  const light = new Float32Array(frame.width * frame.height)
  for (const nucleus of nuclei) {
    const { outline, density, graininess, chromocentres, seed } = nucleus
    visitInside(frame, outline, nucleus, (pixel, dx, dy, remoteness) => {
      const grain = smoothNoise(seed, dx / GRAIN, dy / GRAIN)
      const clump = smoothNoise(seed + 1, dx / CLUMP, dy / CLUMP)
      const packed = Math.max(0, grain - 0.35) * chromocentres
      const chromatin = 1 + graininess * (1.2 * grain + 1.7 * clump) + packed
      const rim = 0.12 * remoteness ** 12
      light[pixel] =
        density * thickness(remoteness) * (chromatin * (1 - nucleolus(nucleus, dx, dy)) + rim)
    })
  }
  return light
}

/** Of a nucleus that lies flat: even in the middle, rounded at the edge. */
function thickness(remoteness: number): number {
  const squared = remoteness * remoteness
  return (0.88 + 0.12 * (1 - squared)) * Math.sqrt(1 - squared * squared * squared)
}

/** How much of the chromatin a nucleolus displaces here; it does not fill the nucleus' whole height. */
function nucleolus({ nucleoli }: Nucleus, dx: number, dy: number): number {
  let displaced = 0
  for (const { dx: x, dy: y, radius } of nucleoli) {
    const squared = ((dx - x) ** 2 + (dy - y) ** 2) / (radius * radius)
    if (squared < 1) displaced = Math.max(displaced, 0.18 * radius * (1 - squared * squared))
  }
  return displaced
}
