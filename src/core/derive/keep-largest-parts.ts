import type { Labels } from '../image/labels.ts'

/** Keeps of each object its largest part, parts being joined through edges: an object is one piece. */
export function keepLargestParts({ width, height, pixels, count }: Labels): Labels {
  const part = new Uint32Array(pixels.length)
  const parent = [0]
  const area = [0]
  const rootOf = (start: number): number => {
    let root = start
    while (parent[root] !== root) root = parent[root] = parent[parent[root]!]!
    return root
  }
  for (let i = 0; i < pixels.length; i += 1) {
    const label = pixels[i]!
    if (label === 0) continue
    let root = 0
    if (i % width !== 0 && pixels[i - 1] === label) root = rootOf(part[i - 1]!)
    if (i >= width && pixels[i - width] === label) {
      const above = rootOf(part[i - width]!)
      if (root === 0) root = above
      else if (root !== above) {
        const kept = Math.min(root, above)
        const joined = Math.max(root, above)
        parent[joined] = kept
        area[kept]! += area[joined]!
        root = kept
      }
    }
    if (root === 0) {
      root = parent.push(parent.length) - 1
      area.push(0)
    }
    part[i] = root
    area[root]! += 1
  }
  const largest = new Uint32Array(count + 1)
  for (let i = 0; i < pixels.length; i += 1) {
    const label = pixels[i]!
    if (label === 0) continue
    const root = rootOf(part[i]!)
    part[i] = root
    if (area[root]! > area[largest[label]!]!) largest[label] = root
  }
  const out = pixels.map((label, i) => (label !== 0 && largest[label] === part[i] ? label : 0))
  return { width, height, pixels: out, count }
}
