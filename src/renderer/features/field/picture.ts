import type { FieldDetails } from '#contract/fields.ts'
import type { PixelRequest, PlaneDescription } from '#contract/pixels.ts'
import type { PlaneRow } from '#contract/plates.ts'
import type { PlaneId, RecordId } from '#core/brand.ts'
import type { Result } from '#core/fault.ts'
import type { Size } from './camera.ts'
import { rgbOf, type ChannelLook } from './channel-look.ts'
import { autoLimits, spanOf, type Limits } from './contrast.ts'
import type { ShownChannel } from './planes-shown.ts'
import type { TilePlace } from './tile-choice.ts'

export type Described = ReadonlyMap<PlaneId, Result<PlaneDescription>>

/** A field with what is known of its planes. */
export interface OpenedField {
  readonly details: FieldDetails
  readonly described: Described
}

export interface PictureChannel {
  readonly channel: string
  /** Names the planes it is made of, each in its version. */
  readonly key: string
  readonly planes: readonly PlaneRow[]
  readonly bytesPerPixel: number
  readonly colour: readonly [number, number, number]
  readonly limits: Limits
  readonly gamma: number
}

/** What is seen of a field, before anybody says from where. */
export interface Picture {
  readonly size: Size
  readonly levels: number
  /** In µm. */
  readonly pixelSize: number | null
  readonly channels: readonly PictureChannel[]
  readonly labels: RecordId | null
}

/** What is known of the planes of a channel that can be read. */
export function descriptionsOf(
  { planes }: ShownChannel,
  described: Described,
): readonly PlaneDescription[] {
  return planes.flatMap(({ planeId }) => {
    const known = described.get(planeId)
    return known?.ok === true ? [known.value] : []
  })
}

/** The limits by which a channel is shown; null while nothing is known of its planes. */
export function limitsFor(look: ChannelLook, descriptions: readonly PlaneDescription[]) {
  if (look.contrast !== 'auto' && look.limits !== null) return look.limits
  return spanOf(descriptions.map(autoLimits))
}

/**
 * The picture of a field by channels' looks; null while none of its planes is known.
 *
 * @param limits those of another field that it is compared with, by channel: like is shown alike.
 */
export function pictureOf(
  { details, described }: OpenedField,
  shown: readonly ShownChannel[],
  looks: readonly ChannelLook[],
  limits: ReadonlyMap<string, Limits> = new Map(),
): Picture | null {
  const known = shown.flatMap(each => descriptionsOf(each, described))
  const first = known[0]
  if (first === undefined) return null
  return {
    size: { width: first.width, height: first.height },
    levels: first.levels,
    pixelSize: pixelSizeOf(shown) ?? pixelSizeOf([{ planes: known }]),
    channels: shown.flatMap(each => {
      const look = looks.find(({ channel }) => channel === each.channel)
      if (look?.shown !== true) return []
      return pictureChannel(each, look, described, limits.get(each.channel), first)
    }),
    labels: details.field.objects?.record ?? null,
  }
}

/** What the index says of the pixels goes before what the images do. */
function pixelSizeOf(
  channels: readonly { readonly planes: readonly { readonly pixelSize: number | null }[] }[],
): number | null {
  const sizes = channels.flatMap(({ planes }) => planes.flatMap(({ pixelSize }) => pixelSize ?? []))
  return sizes[0] ?? null
}

/** The addresses of one tile of a channel: one for each plane it is made of. */
export function tileRequests(
  { planes }: PictureChannel,
  { level, column, row }: TilePlace,
): readonly PixelRequest[] {
  return planes.map(({ planeId, version }) => ({
    kind: 'tile',
    planeId,
    version,
    level,
    column,
    row,
  }))
}

function pictureChannel(
  shown: ShownChannel,
  look: ChannelLook,
  described: Described,
  limits: Limits | undefined,
  { width, height }: Size,
): readonly PictureChannel[] {
  const descriptions = descriptionsOf(shown, described)
  const own = limits ?? limitsFor(look, descriptions)
  const [description] = descriptions
  // Planes of another size cannot lie on these; the panel says so.
  if (own === null || description?.width !== width || description.height !== height) return []
  const planes = shown.planes.filter(({ planeId }) => described.get(planeId)?.ok === true)
  return [
    {
      channel: shown.channel,
      key: planes.map(({ planeId, version }) => `${planeId}.${version}`).join('+'),
      planes,
      bytesPerPixel: BYTES[description.type],
      colour: rgbOf(look.colour),
      limits: own,
      gamma: look.gamma,
    },
  ]
}

const BYTES = { uint8: 1, uint16: 2, float32: 4 } as const
