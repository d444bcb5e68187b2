import { fail, ok, type Fault, type FaultOf, type Result } from '#core/fault.ts'
import { mapAtMost } from '../map-at-most.ts'
import { xmlTags } from '../reading/xml-tags.ts'
import type { FileAccess } from './file-access.ts'
import type { SurveyedFile } from './survey-folder.ts'

/** An image of a file that was named, and where it is in there. */
export type Paged<Named> = Named & {
  readonly page: number
  /** Its place in the file's stack, from 1; null in a file of one image. */
  readonly depth: number | null
}

/** Enough to hide the latency of a network share. */
const FILES_AT_ONCE = 32

/**
 * Each image of files that were told by their names; a fault for each file whose name cannot mean them all.
 *
 * @param namesDepth whether the name itself says the depth
 */
export async function lookInside<Named extends { readonly file: SurveyedFile }>(
  access: FileAccess,
  named: readonly Named[],
  namesDepth: (image: Named) => boolean,
): Promise<{ readonly images: readonly Paged<Named>[]; readonly faults: readonly Fault[] }> {
  const faults: Fault[] = []
  const looked = await mapAtMost(FILES_AT_ONCE, named, async image => ({
    image,
    pages: await pagesInDepth(access, image.file, namesDepth(image)),
  }))
  const images = looked.flatMap(({ image, pages }) => {
    if (!pages.ok) {
      faults.push(pages.fault)
      return []
    }
    const stack = pages.value.length > 1
    return pages.value.map((page, i) => ({ ...image, page, depth: stack ? i + 1 : null }))
  })
  return { images, faults }
}

/**
 * The pages of a file whose name says of one plane where it belongs, in rising depth: one, or the focal planes of a
 * stack where the name has no depth of its own. Smaller copies of an image are no pages.
 *
 * A fault where the name cannot mean them all: it names a depth, they differ in size, or the file says that they are channels
 * or times. A file that cannot be looked into has one page: reading it will say why.
 */
export function pagesInDepth(
  access: FileAccess,
  file: SurveyedFile,
  namesDepth: boolean,
): Promise<Result<readonly number[], FaultOf<'pages-unnamed'>>> {
  return access.remember(`pages ${namesDepth}`, file, async () => {
    const { absolute } = file
    const probed = await access.probeImage(absolute)
    if (!probed.ok) return ok([0])
    const whole = [...probed.value.pages.entries()].filter(([, page]) => page.reduced !== true)
    if (whole.length < 2) return ok([whole[0]?.[0] ?? 0])
    const refuse = (detail: string) => fail({ kind: 'pages-unnamed', path: absolute, detail })
    const [, first] = whole[0]!
    if (namesDepth) return refuse(`${whole.length} pages at one depth`)
    if (whole.some(([, page]) => page.width !== first.width || page.height !== first.height)) {
      return refuse(`${whole.length} pages of several sizes`)
    }
    const described = await access.readDescription(absolute, 0)
    const depths = described.ok ? depthsIn(described.value) : null
    if (depths !== null && depths !== whole.length) {
      return refuse(`${whole.length} pages at ${depths} depth${depths === 1 ? '' : 's'}`)
    }
    return ok(whole.map(([page]) => page))
  })
}

/** How many focal planes the file says it has, by ImageJ or in OME-XML; null where it does not say. */
function depthsIn(description: string): number | null {
  if (description.startsWith('ImageJ=')) {
    const lines = new Map(
      description.split('\n', 50).map(line => {
        const [name = '', value = ''] = line.split('=', 2)
        return [name, Number(value)]
      }),
    )
    const others = (lines.get('channels') ?? 1) * (lines.get('frames') ?? 1)
    return lines.get('slices') ?? (others > 1 ? 1 : null)
  }
  if (!description.trimStart().startsWith('<')) return null
  const images = [...xmlTags(description)].filter(({ name }) => name === 'Pixels')
  if (images.length === 0) return null
  return images.length === 1 ? Number(images[0]!.attributes.get('SizeZ') ?? 1) : 1
}
