import type { TiffNotes } from './pixel-size.ts'
import { xmlTags } from './xml-tags.ts'

/**
 * The largest count that a camera can give, 2ⁿ − 1, as the notes of its image say it; null where they do not.
 *
 * From OME-XML (Pixels, SignificantBits), from MetaXpress and MetaMorph ("Camera Bit Depth" among what the user may add, or
 * `camera-bit-depth`), else from MaxSampleValue (TIFF 6.0), which counts only where it is a camera's: many programs write the
 * image's own maximum.
 */
export function declaredRange({ description, maxSampleValue }: TiffNotes): number | null {
  const bits = description.trimStart().startsWith('<') ? bitsInXml(description) : null
  if (bits !== null) return 2 ** bits - 1
  const full = maxSampleValue === null ? NaN : Math.log2(maxSampleValue + 1)
  return isDepth(full) ? maxSampleValue : null
}

/** Cameras of today. */
const FEWEST_BITS = 8
const MOST_BITS = 16

function isDepth(bits: number): boolean {
  return Number.isInteger(bits) && bits >= FEWEST_BITS && bits <= MOST_BITS
}

/** Which image of the text a page is of is not known: they must agree. */
function bitsInXml(text: string): number | null {
  const depths = new Set<number>()
  for (const { name, attributes } of xmlTags(text)) {
    if (name === 'Pixels') depths.add(Number(attributes.get('SignificantBits') ?? NaN))
    const id = (attributes.get('id') ?? '').toLowerCase().replaceAll(' ', '-')
    if (PROPERTIES.has(name) && id === 'camera-bit-depth') {
      depths.add(Number(attributes.get('value') ?? NaN))
    }
  }
  const [bits = NaN] = depths
  return depths.size === 1 && isDepth(bits) ? bits : null
}

const PROPERTIES: ReadonlySet<string> = new Set(['prop', 'custom-prop'])
