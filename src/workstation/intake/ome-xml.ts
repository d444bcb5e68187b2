import { fail, ok, type FaultOf, type Result } from '#core/fault.ts'
import type { FileAccess } from './file-access.ts'
import type { OmeXml } from './ome-metadata.ts'
import { readOmeImages } from './ome-images.ts'
import { readOmePlates } from './ome-plates.ts'
import { visitXml, visitXmlText, type XmlVisit, type XmlVisitor } from './visit-xml.ts'

/** Reads a companion file. */
export function readOmeFile(
  access: Pick<FileAccess, 'readStart'>,
  path: string,
): Promise<Result<OmeXml>> {
  return collect(path, visitor => visitXml(access, path, visitor))
}

/** Reads what stands in a TIFF's description. */
export function readOmeText(text: string, path: string): Promise<Result<OmeXml>> {
  return collect(path, visitor => visitXmlText(text, path, visitor))
}

/** Whether a description is OME-XML, by its beginning; comments may stand before the root. */
export function beginsAsOme(description: string): boolean {
  return (
    /^\s*<(?:\?xml\s|!--|(?:\w+:)?OME[\s>])/.test(description) &&
    /<(?:\w+:)?OME[\s>]/.test(description.slice(0, 10_000))
  )
}

async function collect(
  path: string,
  visit: (visitor: XmlVisitor) => Promise<Result<XmlVisit>>,
): Promise<Result<OmeXml>> {
  const images = readOmeImages()
  const plates = readOmePlates()
  const head: OmeHead = { root: null, uuid: null, metadataFile: null }
  const visited = await visit({
    open(element) {
      const { name, attributes } = element
      if (head.root === null) Object.assign(head, { root: name, uuid: attributes['UUID'] ?? null })
      if (name === 'BinaryOnly') head.metadataFile = attributes['MetadataFile'] ?? null
      if (images.problem() === null) images.open(element)
      if (plates.problem() === null) plates.open(element)
    },
    close(element) {
      if (images.problem() === null) images.close(element)
      plates.close(element)
    },
  })
  if (!visited.ok) return visited
  if (head.root !== 'OME') return invalid(path, 'it is no OME-XML')
  const problem = images.problem() ?? plates.problem()
  if (problem !== null) return invalid(path, problem)
  if (!visited.value.complete) return invalid(path, 'it ends in the middle')
  const { uuid, metadataFile } = head
  const { images: all, objectives } = images
  return ok({ uuid, metadataFile, images: all, objectives, plates: plates.plates })
}

interface OmeHead {
  /** Name of the outermost element. */
  root: string | null
  uuid: string | null
  metadataFile: string | null
}

function invalid(path: string, detail: string): Result<never, FaultOf<'index-invalid'>> {
  return fail({ kind: 'index-invalid', path, detail })
}
