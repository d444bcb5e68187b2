/** Every `step`-th pixel of every `step`-th row of a label image: a number stays that of an object, which no mean would. */
export function thinLabels(
  pixels: Uint32Array,
  { width, height }: { readonly width: number; readonly height: number },
  step: number,
): { readonly width: number; readonly height: number; readonly pixels: Uint32Array } {
  const columns = Math.ceil(width / step)
  const rows = Math.ceil(height / step)
  const thinned = new Uint32Array(columns * rows)
  for (let y = 0; y < rows; y += 1) {
    const row = y * step * width
    for (let x = 0; x < columns; x += 1) thinned[y * columns + x] = pixels[row + x * step]!
  }
  return { width: columns, height: rows, pixels: thinned }
}
