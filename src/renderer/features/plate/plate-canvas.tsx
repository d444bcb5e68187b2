import {
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type KeyboardEvent,
  type PointerEvent,
} from 'react'
import type { PlateScene } from '#core/plate/plate-scene.ts'
import { drawPlate, drawPointing } from './draw-plate.ts'
import type { WellsLook } from './well-fill.ts'
import css from './plate-canvas.module.css'
import {
  fitFrame,
  hitAt,
  sameHit,
  wellsInBox,
  wellsOfHit,
  type Box,
  type FrameHit,
  type PlateFrame,
} from './plate-frame.ts'
import type { Pointing } from './plate-state.ts'
import { focusAfter, moveFocus, selectWells } from './pointing.ts'
import { useSkin } from './skin.ts'
import { contextOf, type CanvasSize } from './use-canvas-size.ts'

interface PlateCanvasProps {
  readonly scene: PlateScene
  readonly look: WellsLook
  readonly size: CanvasSize
  readonly pointing: Pointing
  /** What is under the pointer or, while keys are used, has the focus; null for nothing. */
  readonly onRegard: (hit: FrameHit | null, frame: PlateFrame) => void
  readonly onPoint: (pointing: Pointing) => void
  readonly onOpen: (well: number) => void
  readonly label: string
  readonly describedBy: string
}

/** A pointer that has moved less than this has clicked. */
const DRAG = 4

/** A plate to look at and to point at. It is drawn again when its scene changes, not when React renders. */
export function PlateCanvas(props: PlateCanvasProps) {
  const { scene, look, size, pointing, onRegard, onPoint, onOpen, label, describedBy } = props
  const plate = useRef<HTMLCanvasElement>(null)
  const overlay = useRef<HTMLCanvasElement>(null)
  const [focused, setFocused] = useState(false)
  const [from, setFrom] = useState<{ readonly x: number; readonly y: number } | null>(null)
  const [box, setBox] = useState<Box | null>(null)
  /** What was clicked: until the pointer is over something else it stays uncovered. */
  const clicked = useRef<FrameHit | null>(null)
  const skin = useSkin()
  const frame = useMemo(
    () => fitFrame(scene.rows, scene.columns, size.width, size.height),
    [scene.rows, scene.columns, size.width, size.height],
  )

  useLayoutEffect(() => {
    drawPlate(contextOf(plate.current!, size), scene, frame, skin, look)
  }, [scene, frame, skin, look, size])

  useLayoutEffect(() => {
    drawPointing(contextOf(overlay.current!, size), frame, skin, pointing, focused, box)
  }, [frame, skin, pointing, focused, box, size])

  function pointOf(event: PointerEvent): { x: number; y: number } {
    const { left, top } = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }

  function onPointerDown(event: PointerEvent<HTMLCanvasElement>): void {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const { x, y } = pointOf(event)
    setFrom({ x, y })
    clicked.current = hitAt(frame, x, y)
    onRegard(null, frame)
  }

  function onPointerMove(event: PointerEvent<HTMLCanvasElement>): void {
    const { x, y } = pointOf(event)
    if (from === null) {
      const hit = hitAt(frame, x, y)
      if (!sameHit(hit, clicked.current)) clicked.current = null
      onRegard(clicked.current === null ? hit : null, frame)
      return
    }
    const far = box !== null || Math.hypot(x - from.x, y - from.y) >= DRAG
    if (far) setBox(boxBetween(from, { x, y }))
  }

  function onPointerUp(event: PointerEvent<HTMLCanvasElement>): void {
    if (from === null) return
    const hit = hitAt(frame, from.x, from.y)
    const hits = hit === null ? [] : wellsOfHit(frame.grid, hit)
    const wells = box === null ? hits : wellsInBox(frame, box)
    const modifiers = { shift: event.shiftKey, control: event.ctrlKey || event.metaKey }
    if (wells.length > 0) onPoint(selectWells(scene, pointing, wells, modifiers))
    else if (!modifiers.shift && !modifiers.control) onPoint({ ...pointing, selected: new Set() })
    setFrom(null)
    setBox(null)
  }

  function onKeyDown(event: KeyboardEvent<HTMLCanvasElement>): void {
    const control = event.ctrlKey || event.metaKey
    const { focus } = pointing
    const next = event.altKey ? null : focusAfter(scene, focus, event.key, control)
    if (next !== null) {
      onPoint(moveFocus(scene, pointing, next, event.shiftKey))
      onRegard({ kind: 'well', index: next }, frame)
    } else if (event.key === ' ') {
      const modifiers = { shift: event.shiftKey, control: !event.shiftKey }
      onPoint(selectWells(scene, pointing, [focus], modifiers))
    } else if (event.key === 'Enter' && !control) {
      onOpen(focus)
    } else if (event.key.toLowerCase() === 'a' && control) {
      const all = wellsOfHit(frame.grid, { kind: 'all' })
      onPoint({ ...pointing, selected: new Set(all) })
    } else if (event.key === 'Escape') {
      onRegard(null, frame)
      if (pointing.selected.size > 0) onPoint({ ...pointing, selected: new Set() })
    } else return
    event.preventDefault()
  }

  return (
    <>
      <canvas ref={plate} className={css['canvas']} aria-hidden="true" />
      <canvas
        ref={overlay}
        className={css['overlay']}
        role="application"
        aria-roledescription="plate"
        aria-label={label}
        aria-describedby={describedBy}
        tabIndex={0}
        onFocus={event => {
          setFocused(true)
          if (!event.currentTarget.matches(':focus-visible')) return
          onRegard({ kind: 'well', index: pointing.focus }, frame)
        }}
        onBlur={() => {
          setFocused(false)
          onRegard(null, frame)
        }}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          setFrom(null)
          setBox(null)
        }}
        onPointerLeave={() => onRegard(null, frame)}
        onDoubleClick={event => {
          const { left, top } = event.currentTarget.getBoundingClientRect()
          const hit = hitAt(frame, event.clientX - left, event.clientY - top)
          if (hit?.kind === 'well') onOpen(hit.index)
        }}
        onKeyDown={onKeyDown}
      />
    </>
  )
}

function boxBetween(
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): Box {
  return {
    left: Math.min(from.x, to.x),
    top: Math.min(from.y, to.y),
    right: Math.max(from.x, to.x),
    bottom: Math.max(from.y, to.y),
  }
}
