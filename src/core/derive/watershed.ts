import type { Labels } from '../image/labels.ts'
import type { LevelImage } from '../image/level-image.ts'
import type { Mask } from '../image/mask.ts'

/**
 * Floods a landscape from its seeds, lowest level first, inside a mask (Meyer 1991).
 *
 * Within a level the pixel reached first goes first, seeds in raster order, so the result depends
 * on nothing else. Equals skimage.segmentation.watershed (connectivity 1) up to its ties between seeds.
 * Where floods meet, every pixel goes to one of them: there is no line between.
 */
export function watershed(landscape: LevelImage, seeds: Labels, mask: Mask): Labels {
  const { width, height, pixels: level } = landscape
  const pixels = new Uint32Array(level.length)
  const queue = levelQueue(level)
  for (let i = 0; i < pixels.length; i += 1) {
    if (seeds.pixels[i] === 0 || mask.pixels[i] === 0) continue
    pixels[i] = seeds.pixels[i]!
    queue.push(i, level[i]!)
  }
  for (let i = queue.pop(); i !== -1; i = queue.pop()) {
    const x = i % width
    const label = pixels[i]!
    if (i >= width) reach(i - width, label)
    if (x > 0) reach(i - 1, label)
    if (x < width - 1) reach(i + 1, label)
    if (i < pixels.length - width) reach(i + width, label)
  }
  return { width, height, pixels, count: seeds.count }

  function reach(i: number, label: number): void {
    if (pixels[i] !== 0 || mask.pixels[i] === 0) return
    pixels[i] = label
    queue.push(i, level[i]!)
  }
}

interface LevelQueue {
  push(pixel: number, level: number): void
  /** The oldest pixel of the lowest level, or -1 if none is left. */
  pop(): number
}

/** One chain of pixels a level: each pixel is queued once, so its place in a chain is its own. */
function levelQueue(levels: LevelImage['pixels']): LevelQueue {
  let highest = 0
  for (let i = 0; i < levels.length; i += 1) if (levels[i]! > highest) highest = levels[i]!
  const head = new Int32Array(highest + 1).fill(-1)
  const tail = new Int32Array(highest + 1)
  const next = new Int32Array(levels.length)
  let lowest = highest + 1
  return {
    push(pixel, level) {
      next[pixel] = -1
      if (head[level] === -1) head[level] = pixel
      else next[tail[level]!] = pixel
      tail[level] = pixel
      if (level < lowest) lowest = level
    },
    pop() {
      while (lowest <= highest && head[lowest] === -1) lowest += 1
      if (lowest > highest) return -1
      const pixel = head[lowest]!
      head[lowest] = next[pixel]!
      return pixel
    },
  }
}
