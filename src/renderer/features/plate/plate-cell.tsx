import { useCallback, useEffect, useId, useMemo, useRef, useState, type ReactNode } from 'react'
import type { PlateId } from '#core/brand.ts'
import { arrivedOf, countArrived } from '#core/plate/well-state.ts'
import { faultText } from '#core/fault-text.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import { PlateName } from '../../ui/plate-name.tsx'
import { Notice } from '../../ui/message.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import { STATES_WORST_FIRST } from '../../lib/state-words.ts'
import { atlasSize, NO_PICTURES } from './atlas.ts'
import type { Figures, PlateFigures } from './figures.ts'
import type { Look } from './look.ts'
import css from './plate-cell.module.css'
import { PlateCanvas } from './plate-canvas.tsx'
import { fitFrame, sameHit, type FrameHit, type PlateFrame } from './plate-frame.ts'
import type { Pointing, WellFields } from './plate-state.ts'
import { selectWells } from './pointing.ts'
import { useAtlas } from './use-atlas.ts'
import { useCanvasSize, type CanvasSize } from './use-canvas-size.ts'
import { useSettled } from './use-settled.ts'
import { knownText, WellCard } from './well-card.tsx'
import { holeText, imagesText, stateText, type WellLine } from './well-lines.ts'
import { WellsTable } from './wells-table.tsx'

interface PlateCellProps {
  readonly figures: Figures
  readonly plate: PlateFigures
  readonly lines: readonly WellLine[]
  readonly look: Look
  readonly pixels: PixelSource
  readonly pointing: Pointing
  /** What was read of a well's fields so far. */
  readonly fieldsOf: (well: string) => WellFields | undefined
  readonly onPoint: (plateId: PlateId, pointing: Pointing) => void
  readonly onOpen: (plateId: PlateId, well: number) => void
  /** At the end of its head. */
  readonly action: ReactNode
}

const AWAITED = { ...NO_PICTURES, picture: null }

interface Regard {
  readonly hit: FrameHit
  readonly frame: PlateFrame
}

/** One plate of those side by side: its name and counts, and its wells as picture or table. */
export function PlateCell(props: PlateCellProps) {
  const { figures, plate, lines, look, pixels, pointing, fieldsOf, onPoint, onOpen, action } = props
  const { plateId, details, numbersFault } = plate.plate
  const { summary } = details
  const stage = useRef<HTMLDivElement>(null)
  const size = useCanvasSize(stage)
  const hint = useId()
  const [regard, setRegard] = useState<Regard | null>(null)
  const { headings } = figures
  const { atlas, fault } = usePlateAtlas(plate, look, pixels, size)
  const wellsLook = useMemo(() => {
    const pictures = look.show === 'thumbnails' ? (atlas ?? AWAITED) : null
    return { map: figures.map, marks: look.marks, atlas: pictures }
  }, [figures.map, look.marks, look.show, atlas])
  const regarded = regard?.hit.kind === 'well' ? lines[regard.hit.index] : undefined

  const onRegard = useCallback((hit: FrameHit | null, frame: PlateFrame) => {
    setRegard(last => {
      if (hit === null) return null
      return last !== null && sameHit(last.hit, hit) ? last : { hit, frame }
    })
  }, [])

  return (
    <section className={css['cell']} aria-label={summary.name}>
      <header className={css['head']}>
        <h2 className={css['name']}>
          <PlateName plateId={plateId} name={summary.name} />
        </h2>
        <span className={css['counts']}>
          {STATES_WORST_FIRST.filter(state => summary.states[state] > 0).map(state => (
            <VerdictMark
              key={state}
              state={state}
              count={summary.states[state]}
              silent={figures.plates.length > 1}
            />
          ))}
        </span>
        <span className={css['quiet']}>{arrivedText(plate)}</span>
        <span className={css['action']}>{action}</span>
      </header>
      {numbersFault === null ? null : <Notice tone="fault">{faultText(numbersFault)}</Notice>}
      {fault === null || look.show !== 'thumbnails' ? null : (
        <Notice tone="fault">{faultText(fault)}</Notice>
      )}
      {look.show === 'table' ? (
        <WellsTable
          lines={lines}
          name={summary.name}
          headings={headings}
          selected={pointing.selected}
          onSelect={well =>
            onPoint(
              plateId,
              selectWells(details, pointing, [well], { shift: false, control: true }),
            )
          }
          onOpen={well => onOpen(plateId, well)}
        />
      ) : (
        <div ref={stage} className={css['stage']}>
          {size === null || size.width < 60 ? null : (
            <PlateCanvas
              scene={plate.scene}
              look={wellsLook}
              size={size}
              pointing={pointing}
              onRegard={onRegard}
              onPoint={next => onPoint(plateId, next)}
              onOpen={well => onOpen(plateId, well)}
              label={`${summary.name}, ${details.rows} rows by ${details.columns} columns, ${figures.title}. ${countsText(lines)}`}
              describedBy={hint}
            />
          )}
          {regard === null ? null : (
            <WellCard lines={lines} {...regard} headings={headings} fieldsOf={fieldsOf} />
          )}
        </div>
      )}
      <p id={hint} className="heard">
        Arrow keys move from well to well, Space selects, Shift with arrows extends, Enter opens the
        worst field. The same as a table: key L.
      </p>
      <p className="heard" aria-live="polite">
        {regarded === undefined ? '' : spokenText(regarded, headings.shown)}
      </p>
      <Changes text={`${summary.name}: ${arrivedText(plate)}. ${countsText(lines)}`} />
    </section>
  )
}

/** Tells readers of the screen how the plate stands, not oftener than they can listen. */
function Changes({ text }: { readonly text: string }) {
  const first = useRef(text)
  const settled = useSettled(text, 10_000)
  useEffect(() => {
    first.current = ''
  }, [])
  return (
    <p className="heard" role="status">
      {settled === first.current ? '' : settled}
    </p>
  )
}

function usePlateAtlas(
  { plate, scene }: PlateFigures,
  look: Look,
  pixels: PixelSource,
  size: CanvasSize | null,
) {
  const { plateId, moment, details } = plate
  const { channel, lowPercent, highPercent } = look.thumbnails
  const wanted = useMemo(() => {
    const { channels } = details.summary
    const known = channel !== null && channels.includes(channel) ? channel : channels[0]
    if (look.show !== 'thumbnails' || size === null || known === undefined) return null
    const { grid } = fitFrame(scene.rows, scene.columns, size.width, size.height)
    return { plateId, channel: known, size: atlasSize(grid.wellSize, size.ratio), moment }
  }, [plateId, moment, details.summary, channel, look.show, size, scene.rows, scene.columns])
  return useAtlas(pixels, wanted, lowPercent, highPercent)
}

function arrivedText({ plate }: PlateFigures): string {
  const { summary } = plate.details
  const { states, expected } = summary
  const images = imagesText({ here: countArrived(states), arrived: arrivedOf(summary), expected })
  const counts = plate.arrivals.status === 'known' ? plate.arrivals.completeness.counts : null
  const holes = counts === null ? '' : holeText(counts)
  return holes === '' ? images : `${images}, ${holes}`
}

/** `360 pass, 12 fail, 12 missing` */
function countsText(lines: readonly WellLine[]): string {
  const counts = new Map<string, number>()
  for (const line of lines) {
    const text = stateText(line)
    counts.set(text, (counts.get(text) ?? 0) + 1)
  }
  return `Wells: ${[...counts].map(([text, count]) => `${count} ${text}`).join('; ')}`
}

function spokenText(line: WellLine, title: string | null): string {
  const number = title === null ? '' : `, ${title} ${knownText(line.shown)}`
  const hole = holeText(line) === '' ? '' : `, ${holeText(line)}`
  return `${line.well}: ${stateText(line)}${hole}${number}`
}
