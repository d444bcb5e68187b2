import type { Fault, Result } from '#core/fault.ts'
import { createObservable } from '../../lib/observable.ts'
import type { PixelSource, Samples } from '../../lib/pixels.ts'
import { createByteCache } from './byte-cache.ts'
import {
  cameraFor,
  imagePoint,
  type Camera,
  type CameraWish,
  type Point,
  type Size,
} from './camera.ts'
import { layOut, type PictureFrame, type Sight } from './frame.ts'
import {
  createImageLayer,
  LAYER_BYTES,
  type DrawnPane,
  type ImageLayer,
  type LabelStyle,
} from './image-layer.ts'
import { mapStyleOf, type LaidMap } from './laid-map.ts'
import type { Picture } from './picture.ts'
import { createPlainLayer } from './plain-layer.ts'
import { keysUnder, readingAt, wishesUnder, type Reading } from './reading.ts'
import { createTileLoader } from './tile-loader.ts'

export interface TablePane {
  /** Null while nothing is known of it. */
  readonly picture: Picture | null
  readonly labelsShown: boolean
  readonly outlined: boolean
  readonly colours: Uint8Array | null
  readonly selected: number
  readonly map: LaidMap | null
}

export interface TableScene {
  /** Side by side, seen by one camera. */
  readonly panes: readonly TablePane[]
  readonly wish: CameraWish
  /** What will probably be looked at next, the likeliest first. */
  readonly ahead: readonly Picture[]
}

/** How far the picture in sight has come. */
export interface TableProgress {
  readonly complete: boolean
  /** Why tiles are missing, by channel; empty where none is. */
  readonly faults: ReadonlyMap<string, Fault>
}

/** Samples of the finest level that are kept to be read under the cursor. */
const SAMPLE_BYTES = 64 * 2 ** 20
/** What is fetched ahead leaves room for what is in sight. */
const MOST_AHEAD = 0.75 * LAYER_BYTES
export const PANE_GAP = 2
/**
 * While tiles come, what is there is drawn no oftener than this: without a graphics card drawing holds up the very
 * tiles that it waits for.
 */
const BETWEEN_ARRIVALS_MS = 100
/** Keys end with level, column and row. */
const FINEST = /\/0\/\d+\/\d+$/

/** Shows pictures on a canvas: lays them out, fetches what is missing, draws at most once a frame. */
export function createLightTable(canvas: HTMLCanvasElement, pixels: PixelSource) {
  const kept = createByteCache<Samples>(SAMPLE_BYTES, () => {})
  const progress = createObservable<TableProgress>({ complete: false, faults: new Map() })
  const reading = createObservable<Reading | null>(null)
  const loader = createTileLoader(pixels, arrive)
  const graphics = createImageLayer(canvas)
  let layer: ImageLayer = graphics ?? createPlainLayer(canvas)
  let scene: TableScene = { panes: [], wish: 'fit', ahead: [] }
  const size = createObservable<Size>({ width: 1, height: 1 })
  const awaiting = new Set<() => void>()
  /** Keys of tiles that are seen or read once they come. */
  let missing = new Set<string>()
  let drawnAt = -Infinity
  let soon: ReturnType<typeof setTimeout> | null = null
  let pixelRatio = 1
  let pointer: Point | null = null
  let scheduled = 0
  let lost = false

  function invalidate(): void {
    if (scheduled === 0) scheduled = requestAnimationFrame(drawFrame)
  }

  function arrive(key: string, tile: Result<Samples>): void {
    if (tile.ok && !lost) {
      layer.put(key, tile.value)
      if (FINEST.test(key)) kept.put(key, tile.value, tile.value.data.byteLength)
    }
    // What was fetched ahead changes nothing in sight.
    if (!missing.delete(key)) return
    const waitMs = missing.size === 0 ? 0 : drawnAt + BETWEEN_ARRIVALS_MS - performance.now()
    if (waitMs <= 0) invalidate()
    else soon ??= setTimeout(invalidate, waitMs)
  }

  const paneSize = (): Size => paneSizeOf(size.getSnapshot(), scene.panes.length)

  function sightOf(picture: Picture): Sight {
    const pane = paneSize()
    return { camera: cameraFor(scene.wish, picture.size, pane), pane, pixelRatio }
  }

  function drawFrame(): void {
    scheduled = 0
    if (soon !== null) clearTimeout(soon)
    soon = null
    drawnAt = performance.now()
    if (lost) return
    const frames = scene.panes.map(({ picture, labelsShown }) =>
      picture === null ? null : layOut(picture, sightOf(picture), labelsShown, layer.has),
    )
    askFor(frames)
    readUnderPointer()
    layer.draw(
      frames.flatMap((frame, index) => (frame === null ? [] : [drawnPane(frame, index)])),
      pixelRatio,
    )
    tellProgress(frames)
  }

  function drawnPane(frame: PictureFrame, index: number): DrawnPane {
    const { picture, outlined, colours, selected, map } = scene.panes[index]!
    if (map !== null && !layer.has(map.key)) layer.put(map.key, map.samples)
    const pane = paneSize()
    const labelStyle: LabelStyle = {
      outlined,
      colours,
      pointed: reading.getSnapshot()?.label ?? 0,
      selected,
    }
    return {
      x: index * (pane.width + PANE_GAP),
      y: 0,
      size: pane,
      camera: sightOf(picture!).camera,
      channels: frame.channels,
      labels: frame.labels,
      labelStyle:
        index === (reading.getSnapshot()?.pane ?? 0) ? labelStyle : { ...labelStyle, pointed: 0 },
      map: map === null ? null : mapStyleOf(map, picture!.size),
    }
  }

  function askFor(frames: readonly (PictureFrame | null)[]): void {
    const inSight = frames.flatMap(frame => frame?.wishes ?? [])
    const wishes = inSight.filter(({ key }) => !layer.has(key))
    const under = pointedPicture()
    if (under !== null) {
      wishes.push(...wishesUnder(under.picture, under.point).filter(({ key }) => !kept.has(key)))
    }
    missing = new Set(wishes.map(({ key }) => key))
    let bytes = frames.reduce((sum, frame) => sum + (frame?.bytes ?? 0), 0)
    for (const picture of scene.ahead) {
      const frame = layOut(picture, sightOf(picture), false, layer.has)
      bytes += frame.bytes
      if (bytes > MOST_AHEAD) break
      wishes.push(...frame.wishes.filter(({ key }) => !layer.has(key)))
    }
    loader.want(wishes)
  }

  function pointedPicture() {
    if (pointer === null) return null
    const pane = paneSize()
    const index = Math.floor(pointer.x / (pane.width + PANE_GAP))
    const picture = scene.panes[index]?.picture ?? null
    if (picture === null) return null
    const local = { x: pointer.x - index * (pane.width + PANE_GAP), y: pointer.y }
    return { index, picture, point: imagePoint(sightOf(picture).camera, pane, local) }
  }

  function readUnderPointer(): void {
    const under = pointedPicture()
    if (under === null) return reading.set(null)
    for (const key of keysUnder(under.picture, under.point)) kept.get(key)
    const { index, picture, point } = under
    reading.set(readingAt(picture, point, index, kept.get, scene.panes[index]?.map ?? null))
  }

  function tellProgress(frames: readonly (PictureFrame | null)[]): void {
    const faults = new Map<string, Fault>()
    let complete = frames.length > 0 && frames.every(frame => frame !== null)
    for (const [index, frame] of frames.entries()) {
      for (const { key } of frame?.wishes ?? []) {
        const fault = loader.faultOf(key)
        if (fault !== undefined) faults.set(channelOf(scene.panes[index]!.picture!, key), fault)
        else if (!layer.has(key)) complete = false
      }
    }
    const before = progress.getSnapshot()
    if (before.complete !== complete || faults.size > 0 || before.faults.size > 0) {
      progress.set({ complete, faults })
    }
    if (!complete) return
    const due = [...awaiting]
    awaiting.clear()
    for (const act of due) act()
  }

  const onLost = (event: Event): void => {
    event.preventDefault()
    lost = true
  }
  const onRestored = (): void => {
    lost = false
    layer = createImageLayer(canvas) ?? layer
    invalidate()
  }
  canvas.addEventListener('webglcontextlost', onLost)
  canvas.addEventListener('webglcontextrestored', onRestored)

  return {
    /** Whether it draws by the graphics card; else only channels are drawn. */
    accelerated: graphics !== null,
    progress: { getSnapshot: progress.getSnapshot, subscribe: progress.subscribe },
    reading: { getSnapshot: reading.getSnapshot, subscribe: reading.subscribe },
    size: { getSnapshot: size.getSnapshot, subscribe: size.subscribe },

    show(next: TableScene): void {
      scene = next
      invalidate()
    },
    /** Acts once what is shown now is there whole; returns what forgets it. */
    onceComplete(act: () => void): () => void {
      awaiting.add(act)
      invalidate()
      return () => void awaiting.delete(act)
    },
    resize(next: Size, ratio: number): void {
      size.set(next)
      pixelRatio = ratio
      canvas.width = Math.max(1, Math.round(next.width * ratio))
      canvas.height = Math.max(1, Math.round(next.height * ratio))
      invalidate()
    },
    /** Where the cursor is on the canvas; null when it is elsewhere. */
    point(at: Point | null): void {
      pointer = at
      invalidate()
    },
    /** The first pane's camera and size, for whoever moves it. */
    sight(): { readonly camera: Camera; readonly pane: Size } | null {
      const picture = scene.panes[0]?.picture ?? null
      return picture === null ? null : sightOf(picture)
    },
    /** Asks again for what failed. */
    retry(): void {
      loader.forgive()
      invalidate()
    },
    bytes: () => layer.bytes + kept.bytes,
    dispose(): void {
      cancelAnimationFrame(scheduled)
      if (soon !== null) clearTimeout(soon)
      loader.dispose()
      awaiting.clear()
      canvas.removeEventListener('webglcontextlost', onLost)
      canvas.removeEventListener('webglcontextrestored', onRestored)
      layer.dispose()
      kept.clear()
    },
  }
}

/** The size of each of so many panes side by side. */
export function paneSizeOf({ width, height }: Size, panes: number): Size {
  const count = Math.max(panes, 1)
  return { width: (width - PANE_GAP * (count - 1)) / count, height }
}

export type LightTable = ReturnType<typeof createLightTable>

function channelOf(picture: Picture, key: string): string {
  const found = picture.channels.find(channel => key.startsWith(`${channel.key}/`))
  return found?.channel ?? 'objects'
}
