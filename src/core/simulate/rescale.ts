import type { FloatImage } from '../image/blur.ts'

/** Means of `factor` × `factor` blocks; blocks that stick out over the edge take what they have. */
export function reduce({ width, height, pixels }: FloatImage, factor: number): FloatImage {
  const columns = Math.ceil(width / factor)
  const rows = Math.ceil(height / factor)
  const means = new Float32Array(columns * rows)
  for (let row = 0; row < rows; row += 1) {
    const bottom = Math.min(height, (row + 1) * factor)
    for (let column = 0; column < columns; column += 1) {
      const right = Math.min(width, (column + 1) * factor)
      let sum = 0
      for (let y = row * factor; y < bottom; y += 1) {
        for (let x = column * factor; x < right; x += 1) sum += pixels[y * width + x]!
      }
      means[row * columns + column] = sum / ((bottom - row * factor) * (right - column * factor))
    }
  }
  return { width: columns, height: rows, pixels: means }
}

/** Back to the size before `reduce`, linearly between the blocks' centres. */
export function enlarge(
  small: FloatImage,
  { width, height }: Pick<FloatImage, 'width' | 'height'>,
  factor: number,
): FloatImage {
  const across = places(width, small.width, factor)
  const down = places(height, small.height, factor)
  const pixels = new Float32Array(width * height)
  for (let y = 0; y < height; y += 1) {
    const above = down.before[y]! * small.width
    const below = down.after[y]! * small.width
    const share = down.share[y]!
    for (let x = 0; x < width; x += 1) {
      const left = across.before[x]!
      const right = across.after[x]!
      const top = mix(small.pixels[above + left]!, small.pixels[above + right]!, across.share[x]!)
      const bottom = mix(
        small.pixels[below + left]!,
        small.pixels[below + right]!,
        across.share[x]!,
      )
      pixels[y * width + x] = mix(top, bottom, share)
    }
  }
  return { width, height, pixels }
}

interface Places {
  readonly before: Uint32Array
  readonly after: Uint32Array
  readonly share: Float64Array
}

/** For each pixel the two blocks between whose centres it lies. */
function places(length: number, blocks: number, factor: number): Places {
  const before = new Uint32Array(length)
  const after = new Uint32Array(length)
  const share = new Float64Array(length)
  for (let i = 0; i < length; i += 1) {
    const place = Math.min(blocks - 1, Math.max(0, (i + 0.5) / factor - 0.5))
    before[i] = Math.floor(place)
    after[i] = Math.min(blocks - 1, before[i]! + 1)
    share[i] = place - before[i]!
  }
  return { before, after, share }
}

function mix(a: number, b: number, share: number): number {
  return a + share * (b - a)
}
