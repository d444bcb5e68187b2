import type { ObjectColumns } from '#contract/fields.ts'
import { colourMapOf } from '#core/plate/colour-maps.ts'
import type { CameraWish } from './camera.ts'
import type { Limits } from './contrast.ts'
import { shownOf, type FieldState, type MapInHand, type ShownMap } from './field-state.ts'
import { MAP_WORDS } from './map-words.ts'
import { isOfNetworks } from './measure-text.ts'
import type { LaidMap } from './laid-map.ts'
import type { TablePane, TableScene } from './light-table.ts'
import { pictureOf, type OpenedField, type Picture } from './picture.ts'
import type { RulesInUse } from './why.ts'
import { focusFor, planesShown } from './planes-shown.ts'

/** What of a field's state is seen, from where, and what will be next. */
export function sceneOf(
  state: FieldState,
  wish: CameraWish,
  neighbours: readonly OpenedField[],
  colours: Uint8Array | null,
): TableScene {
  const { field, comparison } = state
  const shown = shownOf(state)
  if (field.status !== 'shown' || shown === null) return { panes: [], wish, ahead: [] }
  const whole = pictureOf(field.opened, shown.channels, state.looks)
  const picture = underMap(whole, state.map)
  const own: TablePane = {
    ...plainPane(state, picture),
    colours,
    selected: state.selected,
    map:
      picture === null || state.map.status !== 'shown' ? null : laidMap(state, state.map, picture),
  }
  const ahead = neighbours.flatMap(opened => pictureIn(state, opened, null) ?? [])
  if (comparison?.other.status !== 'shown') return { panes: [own], wish, ahead }
  const { opened, planeId } = comparison.other
  const other = plainPane(state, pictureIn(state, opened, planeId, limitsOf(whole)))
  if (comparison.arrangement === 'side') return { panes: [own, other], wish, ahead }
  const [seen, hidden] = comparison.turned ? [other, own] : [own, other]
  const next = hidden.picture === null ? [] : [hidden.picture]
  return { panes: [seen], wish, ahead: [...next, ...ahead] }
}

/** Four bytes for each object: the colour of its measure from the least to the most, clear where it has none. */
export function objectColours(objects: ObjectColumns, measure: string): Uint8Array | null {
  const column = objects.columns.find(({ name }) => name === measure)
  if (column === undefined) return null
  const range = rangeOfMeasure(column)
  const colours = new Uint8Array(4 * Math.max(1, objects.count))
  if (range === null) return colours
  const { colours: table } = colourMapOf('viridis')
  for (const [index, value] of column.values.entries()) {
    if (value === null) continue
    const share = Math.min(Math.max((value - range.low) / (range.high - range.low || 1), 0), 1)
    colours.set(
      table.subarray(3 * Math.round(255 * share), 3 * Math.round(255 * share) + 3),
      4 * index,
    )
    colours[4 * index + 3] = FILL_OPACITY
  }
  return colours
}

/**
 * The least and the most of a measure, or 0 and 1 of what networks said: fields can be compared by it. Null where no
 * object has it.
 */
export function rangeOfMeasure({ name, values }: ObjectColumns['columns'][number]): Limits | null {
  const known = values.filter(value => value !== null)
  if (known.length === 0) return null
  if (isOfNetworks(name)) return { low: 0, high: 1 }
  return known.reduce<Limits>(
    ({ low, high }, value) => ({ low: Math.min(low, value), high: Math.max(high, value) }),
    { low: Infinity, high: -Infinity },
  )
}

/** The values that a map shows in its first and last colour. */
export function mapLimits(
  { of, kind, samples: { data } }: Pick<ShownMap, 'of' | 'kind' | 'samples'>,
  rules: RulesInUse | null,
): Limits {
  if (of === 'prediction') return { low: 0, high: FULL }
  if (kind === 'sharpness') {
    const rule = rules?.quality.rules.find(
      ({ metric, of }) => metric === 'edge_sharpness' && of === 'value',
    )
    return { low: 0, high: 4 * (rule?.limit ?? SHARP) }
  }
  let most = 0
  for (let i = 0; i < data.length; i += 1) if (data[i]! > most) most = data[i]!
  return { low: 0, high: most > 0 ? most : 1 }
}

const FILL_OPACITY = 150
/** A map of a prediction is of 8 bits, 255 is 1. */
const FULL = 255
/** The limit that the shipped recipe sets; sharp edges have some four times as much. */
const SHARP = 0.07

function pictureIn(
  state: FieldState,
  opened: OpenedField,
  asked: TablePlane,
  limits?: ReadonlyMap<string, Limits>,
): Picture | null {
  const row = opened.details.field
  const focus = focusFor(row, asked, shownOf(state)?.focus ?? state.focus)
  return pictureOf(opened, planesShown(row, focus, asked), state.looks, limits)
}

type TablePlane = Parameters<typeof focusFor>[1]

function plainPane(state: FieldState, picture: Picture | null): TablePane {
  return {
    picture,
    labelsShown: state.outlines || state.fill !== null || state.selected > 0,
    outlined: state.outlines,
    colours: null,
    selected: 0,
    map: null,
  }
}

/** Under a map its channel is seen alone: colours of others would mix with the map's. */
function underMap(picture: Picture | null, map: MapInHand): Picture | null {
  if (picture === null || map.status !== 'shown' || map.channel === null) return picture
  const channels = picture.channels.filter(({ channel }) => channel === map.channel)
  return { ...picture, channels: channels.map(each => ({ ...each, colour: [1, 1, 1] })) }
}

function limitsOf(picture: Picture | null): ReadonlyMap<string, Limits> {
  return new Map(picture?.channels.map(({ channel, limits }) => [channel, limits]))
}

function laidMap({ rules, mapOpacity }: FieldState, map: ShownMap, { size }: Picture): LaidMap {
  const { kind, samples } = map
  const { step = 1, width, height } = samples
  const ofPlane = map.of === 'plane'
  return {
    key: ofPlane ? `${kind}/${map.planeId}` : `${kind}/${map.record}`,
    samples,
    // A map of a plane has a value for each tile, one of a prediction is stretched over the field.
    scaleX: ofPlane ? step : size.width / width,
    scaleY: ofPlane ? step : size.height / height,
    limits: mapLimits(map, rules),
    colours: ofPlane ? PLANE_COLOURS : PREDICTION_COLOURS,
    opacity: mapOpacity,
    zeroIsNothing: kind === 'saturation',
    name: MAP_WORDS[kind].name,
    fullScale: ofPlane ? 1 : FULL,
  }
}

export const MAP_COLOURS = { plane: 'viridis', prediction: 'magma' } as const

const PLANE_COLOURS = opaque(colourMapOf(MAP_COLOURS.plane).colours)
const PREDICTION_COLOURS = opaque(colourMapOf(MAP_COLOURS.prediction).colours)

function opaque(colours: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: (colours.length / 3) * 4 }, (_, i) =>
    i % 4 === 3 ? 255 : colours[3 * Math.floor(i / 4) + (i % 4)]!,
  )
}
