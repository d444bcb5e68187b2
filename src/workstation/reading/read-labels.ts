import { fail, ok, type Result } from '#core/fault.ts'
import type { Labels } from '#core/image/labels.ts'
import { fileSource } from './byte-source.ts'
import { readStructure } from './image-format.ts'
import { withFile } from './open-file.ts'
import { decodePage } from './open-image.ts'
import type { Samples } from './samples.ts'

/**
 * A label image from the first page of a TIFF or PNG of whole numbers up to 32 bits, whichever its objects carry.
 *
 * Objects are renumbered from 1 without gaps, in the order of their numbers in the file.
 */
export function readLabels(path: string): Promise<Result<Labels>> {
  return withFile(path, null, async ({ handle, size }) => {
    const source = fileSource(path, handle, size)
    const structure = await readStructure(source)
    if (!structure.ok) return structure
    const { width, height, samples, bits, sampleFormat, refusal } = structure.value.pages[0]!
    const unsupported = (detail: string) => fail({ kind: 'image-unsupported', path, detail })
    if (refusal !== null) return fail({ ...refusal, path })
    if (samples !== 1) return unsupported(`labels of ${samples} samples`)
    if (sampleFormat === 'float') return unsupported('float labels')
    const pixels = await decodePage(source, structure.value, 0)
    if (!pixels.ok) return pixels
    const largest = sampleFormat === 'signed' ? 2 ** (bits - 1) - 1 : 2 ** bits - 1
    const labels = renumber(pixels.value, largest)
    return labels === null ? unsupported('negative labels') : ok({ width, height, ...labels })
  })
}

/** Null where a number is larger than `largest`: a negative one, as its two's complement. */
function renumber(numbers: Samples, largest: number): Pick<Labels, 'pixels' | 'count'> | null {
  const found = new Set<number>()
  let last = 0
  for (let i = 0; i < numbers.length; i += 1) {
    const number = numbers[i]!
    if (number === last) continue
    last = number
    found.add(number)
  }
  found.delete(0)
  const ordered = Float64Array.from(found).sort()
  if (ordered.length > 0 && ordered.at(-1)! > largest) return null
  const renumbered = new Map(Array.from(ordered, (number, i) => [number, i + 1]))
  const pixels = new Uint32Array(numbers.length)
  let previous = 0
  let label = 0
  for (let i = 0; i < numbers.length; i += 1) {
    const number = numbers[i]!
    if (number !== previous) {
      previous = number
      label = number === 0 ? 0 : renumbered.get(number)!
    }
    pixels[i] = label
  }
  return { pixels, count: ordered.length }
}
