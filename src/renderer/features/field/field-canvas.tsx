import {
  useEffect,
  useRef,
  useState,
  useSyncExternalStore,
  type KeyboardEvent,
  type PointerEvent,
} from 'react'
import type { PixelSource } from '../../lib/pixels.ts'
import type { Settable } from '../../lib/observable.ts'
import { cameraFor, draggedBy, zoomedAt, type CameraWish, type Point } from './camera.ts'
import css from './field-canvas.module.css'
import {
  createLightTable,
  PANE_GAP,
  paneSizeOf,
  type LightTable,
  type TableScene,
} from './light-table.ts'
import { scaleBar } from './scale-bar.ts'

interface FieldCanvasProps {
  readonly pixels: PixelSource
  readonly camera: Settable<CameraWish>
  readonly scene: TableScene
  /** What is shown, for readers of the screen. */
  readonly label: string
  /** Told the table once it stands, and null when it is gone. */
  readonly onTable: (table: LightTable | null) => void
  /** Somebody clicked an object, or beside all of them: then 0. */
  readonly onPick: (label: number) => void
}

const PAN_STEP = 64
const DRAG_LEAST = 4
const BAR_MOST = 140

/** The canvas with its pointer, its keys and its scale bar. */
export function FieldCanvas(props: FieldCanvasProps) {
  const { pixels, camera, scene, label, onTable, onPick } = props
  const canvas = useRef<HTMLCanvasElement>(null)
  const [table, setTable] = useState<LightTable | null>(null)
  const drag = useRef<{ readonly from: Point; last: Point; moved: boolean } | null>(null)

  useEffect(() => {
    const element = canvas.current!
    const made = createLightTable(element, pixels)
    const measure = (): void => {
      const { clientWidth, clientHeight } = element
      made.resize({ width: clientWidth, height: clientHeight }, window.devicePixelRatio)
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    measure()
    setTable(made)
    onTable(made)
    // React listens to wheels passively, which cannot keep the page from scrolling.
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      const sight = made.sight()
      if (sight === null) return
      const at = { x: event.offsetX % (sight.pane.width + PANE_GAP), y: event.offsetY }
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1
      const factor = Math.exp(-event.deltaY * lines * 0.0015)
      camera.set(zoomedAt(sight.camera, sight.pane, at, factor))
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      element.removeEventListener('wheel', onWheel)
      observer.disconnect()
      made.dispose()
      setTable(null)
      onTable(null)
    }
  }, [pixels, camera, onTable])

  useEffect(() => table?.show(scene), [table, scene])
  useEffect(() => {
    if (table === null) return
    const { subscribe, getSnapshot } = table.progress
    // Written past React: a picture completes many times a second while somebody pans.
    const mark = (): void => {
      canvas.current!.dataset['complete'] = String(getSnapshot().complete)
    }
    mark()
    return subscribe(mark)
  }, [table])

  const onPointerDown = (event: PointerEvent<HTMLCanvasElement>): void => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const at = pointOf(event)
    drag.current = { from: at, last: at, moved: false }
  }
  const onPointerMove = (event: PointerEvent<HTMLCanvasElement>): void => {
    const at = pointOf(event)
    const { current } = drag
    table?.point(at)
    if (current === null) return
    const far = Math.hypot(at.x - current.from.x, at.y - current.from.y) >= DRAG_LEAST
    current.moved ||= far
    const sight = table?.sight()
    if (current.moved && sight) {
      camera.set(draggedBy(sight.camera, at.x - current.last.x, at.y - current.last.y))
      current.last = at
    }
  }
  const onPointerUp = (): void => {
    if (drag.current?.moved === false) onPick(table?.reading.getSnapshot()?.label ?? 0)
    drag.current = null
  }
  const onKeyDown = (event: KeyboardEvent<HTMLCanvasElement>): void => {
    const step = STEPS.get(event.key)
    const sight = table?.sight()
    if (step === undefined || !sight || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const [dx, dy] = step
    camera.set(draggedBy(sight.camera, dx * PAN_STEP, dy * PAN_STEP))
  }

  return (
    <div className={css['frame']}>
      <canvas
        ref={canvas}
        className={css['canvas']}
        tabIndex={0}
        role="img"
        aria-label={label}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => (drag.current = null)}
        onPointerLeave={() => table?.point(null)}
        onKeyDown={onKeyDown}
      />
      {table === null ? null : <Bar table={table} scene={scene} />}
    </div>
  )
}

/** Arrow keys move the view over the image: the image goes the other way. */
const STEPS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['ArrowLeft', [1, 0]],
  ['ArrowRight', [-1, 0]],
  ['ArrowUp', [0, 1]],
  ['ArrowDown', [0, -1]],
])

function pointOf({ nativeEvent }: PointerEvent<HTMLCanvasElement>): Point {
  return { x: nativeEvent.offsetX, y: nativeEvent.offsetY }
}

interface BarProps {
  readonly table: LightTable
  readonly scene: TableScene
}

function Bar({ table, scene }: BarProps) {
  const size = useSyncExternalStore(table.size.subscribe, table.size.getSnapshot)
  const picture = scene.panes[0]?.picture ?? null
  if (picture === null) return null
  const { zoom } = cameraFor(scene.wish, picture.size, paneSizeOf(size, scene.panes.length))
  const { width, text } = scaleBar(zoom, picture.pixelSize, BAR_MOST)
  return (
    <div className={css['bar']}>
      <span className={css['length']} style={{ width }}>
        {text}
      </span>
      <span>{zoomText(zoom)}</span>
    </div>
  )
}

function zoomText(zoom: number): string {
  return `${Number((100 * zoom).toPrecision(zoom < 1 ? 2 : 3))} %`
}
