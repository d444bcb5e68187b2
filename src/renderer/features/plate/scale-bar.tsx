import { useLayoutEffect, useRef } from 'react'
import { scaleHistogram, type ColourScale } from '#core/plate/colour-scale.ts'
import type { ColourMap } from '#core/plate/colour-maps.ts'
import { numberText } from '#core/quality/rule-text.ts'
import { countText } from '../../lib/count-text.ts'
import { colourTexts } from './colour-text.ts'
import css from './legend.module.css'
import { useSkin } from './skin.ts'
import { contextOf, useCanvasSize } from './use-canvas-size.ts'

interface ScaleBarProps {
  readonly scale: ColourScale
  readonly map: ColourMap
  /** The numbers of every plate on screen. */
  readonly plates: readonly Float64Array[]
}

const BINS = 64
const BAR = 12

/** The colours with their numbers, and above them how many wells have each. */
export function ScaleBar({ scale, map, plates }: ScaleBarProps) {
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const size = useCanvasSize(box)
  const skin = useSkin()
  const { bins, below, above } = scaleHistogram(plates, scale, BINS)
  const most = Math.max(1, ...bins)

  useLayoutEffect(() => {
    if (size === null) return
    const context = contextOf(canvas.current!, size)
    context.clearRect(0, 0, size.width, size.height)
    const ground = size.height - BAR - 2
    context.fillStyle = skin.inkQuiet
    for (let i = 0; i < BINS; i += 1) {
      if (bins[i] === 0) continue
      const left = Math.round((i / BINS) * size.width)
      const right = Math.round(((i + 1) / BINS) * size.width)
      const height = Math.max(1, Math.round((bins[i]! / most) * ground))
      context.fillRect(left, ground - height, Math.max(1, right - left - 1), height)
    }
    const colours = colourTexts(map)
    for (let x = 0; x < size.width; x += 1) {
      context.fillStyle = colours[Math.floor((x / size.width) * 256)]!
      context.fillRect(x, size.height - BAR, 1, BAR)
    }
  })

  const middle = (scale.low + scale.high) / 2
  const outside = [
    ...(below > 0 ? [`${below} below`] : []),
    ...(above > 0 ? [`${above} above`] : []),
  ].join(', ')
  const label = `Colours from ${numberText(scale.low)} to ${numberText(scale.high)}; at most ${most} wells in one of ${BINS} steps`
  return (
    <figure className={css['scale']}>
      <div ref={box} className={css['bar']}>
        <canvas ref={canvas} className={css['barCanvas']} role="img" aria-label={label} />
      </div>
      <figcaption className={css['ticks']}>
        <span>{numberText(scale.low)}</span>
        <span>{numberText(middle)}</span>
        <span>{numberText(scale.high)}</span>
      </figcaption>
      {outside === '' ? null : (
        <p className={css['quiet']}>
          {`${countText(below + above, 'well')} beyond the limits: ${outside}`}
        </p>
      )}
    </figure>
  )
}
