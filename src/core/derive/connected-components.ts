import type { Labels } from '../image/labels.ts'
import type { Mask } from '../image/mask.ts'

/**
 * Numbers the connected parts of a mask, or of the objects of a label image, in raster order of their first pixel.
 *
 * Two passes over runs of pixels with union-find (He et al. 2008). Of a mask it equals
 * scipy.ndimage.label with the same connectivity, of labels skimage.measure.label.
 * @param connectivity 4: edges touch; 8: corners touch too.
 */
export function labelComponents(image: Mask | Labels, connectivity: 4 | 8): Labels {
  const { width, height, pixels: values } = image
  const pixels = new Uint32Array(values.length)
  const reach = connectivity === 8 ? 1 : 0
  const parent = [0]

  for (let y = 0; y < height; y += 1) {
    const row = y * width
    let x = 0
    while (x < width) {
      const value = values[row + x]!
      const start = x
      while (x < width && values[row + x] === value) x += 1
      if (value === 0) continue
      let label = 0
      if (y > 0) {
        const from = row - width + Math.max(0, start - reach)
        const to = row - width + Math.min(width - 1, x - 1 + reach)
        for (let above = from; above <= to; above += 1) {
          const other = pixels[above]!
          if (values[above] !== value || other === label) continue
          label = label === 0 ? rootOf(parent, other) : join(parent, label, other)
        }
      }
      if (label === 0) label = parent.push(parent.length) - 1
      pixels.fill(label, row + start, row + x)
    }
  }

  // A root is the smallest of its labels, and labels were given in raster order.
  const final = new Uint32Array(parent.length)
  let count = 0
  for (let label = 1; label < parent.length; label += 1) {
    const root = rootOf(parent, label)
    final[label] = root === label ? ++count : final[root]!
  }
  for (let i = 0; i < pixels.length; i += 1) {
    if (pixels[i] !== 0) pixels[i] = final[pixels[i]!]!
  }
  return { width, height, pixels, count }
}

function rootOf(parent: number[], label: number): number {
  let root = label
  while (parent[root] !== root) {
    parent[root] = parent[parent[root]!]!
    root = parent[root]!
  }
  return root
}

function join(parent: number[], a: number, b: number): number {
  const rootA = rootOf(parent, a)
  const rootB = rootOf(parent, b)
  const root = Math.min(rootA, rootB)
  parent[rootA] = root
  parent[rootB] = root
  return root
}
