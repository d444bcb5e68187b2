import { visitInside, type Frame } from './frame.ts'
import { drawOutline } from './outline.ts'
import type { Random } from './random.ts'

/** Dirt that shines: its light, and how far from the cells it lies. */
export interface Debris {
  /** Strength as of a stain, 1 for a typical nucleus. */
  readonly light: Float32Array
  /** In µm. */
  readonly height: number
}

/** A fibre of lint, or flakes of dust, at one height each. */
export function drawDebris(frame: Frame, random: Random): readonly Debris[] {
  const fibre = random.chance(0.6)
  const first = fibre ? drawFibre(frame, random) : drawFlakes(frame, random)
  return random.chance(0.35) ? [first, drawFlakes(frame, random)] : [first]
}

/** Cotton and paper shine in every channel, most of all in the blue one. */
function drawFibre(frame: Frame, random: Random): Debris {
  const light = new Float32Array(frame.width * frame.height)
  const across = Math.min(frame.width, frame.height) * frame.pixelSize
  const brightness = random.between(1.5, 4)
  const thickness = random.between(1.2, 2.6)
  let x = frame.width * frame.pixelSize * random.between(0.3, 0.7)
  let y = frame.height * frame.pixelSize * random.between(0.3, 0.7)
  let direction = random.between(0, 2 * Math.PI)
  let bend = 0
  const step = thickness / 2
  const steps = Math.round((across * random.between(0.5, 1.3)) / step)
  for (let i = 0; i < steps; i += 1) {
    bend = 0.98 * bend + 0.007 * random.normal()
    direction += bend
    x += step * Math.cos(direction)
    y += step * Math.sin(direction)
    // Lint is a flat, twisted ribbon: now broad, now on edge.
    const twist = 0.65 + 0.35 * Math.cos((i * step) / 14)
    stamp(frame, light, { x, y }, thickness * twist, brightness / twist, random)
  }
  return { light, height: random.between(-6, 6) }
}

function drawFlakes(frame: Frame, random: Random): Debris {
  const light = new Float32Array(frame.width * frame.height)
  const count = 2 + random.poisson(3)
  for (let i = 0; i < count; i += 1) {
    const place = {
      x: frame.width * frame.pixelSize * random.uniform(),
      y: frame.height * frame.pixelSize * random.uniform(),
    }
    stamp(frame, light, place, random.between(3, 11), random.between(2, 7), random)
  }
  return { light, height: random.between(6, 22) * (random.chance(0.5) ? 1 : -1) }
}

function stamp(
  frame: Frame,
  light: Float32Array,
  place: { readonly x: number; readonly y: number },
  radius: number,
  brightness: number,
  random: Random,
): void {
  const shape = { semiMajor: radius * 1.15, semiMinor: radius * 0.85, wobble: 0.12, dent: 0 }
  const outline = drawOutline({ ...shape, angle: random.between(0, Math.PI) }, random)
  visitInside(frame, outline, place, (pixel, _dx, _dy, remoteness) => {
    light[pixel] = Math.max(light[pixel]!, brightness * (1 - 0.6 * remoteness ** 2))
  })
}
