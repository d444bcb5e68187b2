/** OME-XML as programs write it, drawn for tests. */
export function omeText(...elements: readonly string[]): string {
  const space = 'http://www.openmicroscopy.org/Schemas/OME/2016-06'
  return `<?xml version="1.0" encoding="UTF-8"?>\n<OME xmlns="${space}">${elements.join('')}</OME>`
}

/** An image of two channels, unless `pixels` says otherwise. */
export function omeImage(
  id: number,
  inside: {
    readonly pixels?: string
    readonly channels?: readonly string[]
    readonly data?: readonly string[]
    readonly before?: string
  } = {},
): string {
  const {
    pixels = 'SizeZ="1" SizeC="2" SizeT="1"',
    channels = ['DAPI', 'FITC'],
    data = [],
    before = '',
  } = inside
  const named = channels.map(name => `<Channel Name="${name}" SamplesPerPixel="1"/>`)
  const order = pixels.includes('DimensionOrder') ? '' : 'DimensionOrder="XYCZT"'
  return [
    `<Image ID="Image:${id}">${before}`,
    `<Pixels ID="Pixels:${id}" ${order} Type="uint16" SizeX="4" SizeY="2" ${pixels}>`,
    ...named,
    ...data,
    '</Pixels></Image>',
  ].join('')
}

/** Pages of a file. */
export function tiffData(attributes: string, fileName: string | null = null): string {
  if (fileName === null) return `<TiffData ${attributes}/>`
  return `<TiffData ${attributes}><UUID FileName="${fileName}">urn:uuid:${fileName}</UUID></TiffData>`
}
