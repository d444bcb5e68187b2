import { useCallback, useEffect, useMemo, useRef } from 'react'
import type { PlateCompleteness } from '#contract/completeness.ts'
import type { PlateId } from '#core/brand.ts'
import { faultText } from '#core/fault-text.ts'
import { wellName } from '#core/plate/well.ts'
import { wellPosition } from '#core/plate/grid.ts'
import { useCommands, type CommandBoard, type CommandDeeds } from '../../lib/command-board.ts'
import { useObservable } from '../../lib/observable.ts'
import { momentText } from '../../lib/moment-text.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import type { GoTo } from '../../lib/place.ts'
import { saveCsv, saveFile } from '../../lib/save-file.ts'
import { FaultMessage, Loading, Notice } from '../../ui/message.tsx'
import { CompletenessPanel } from './completeness-panel.tsx'
import { figuresOf, indexOf, type Figures } from './figures.ts'
import { JoinPlate, LeavePlate } from './join-plate.tsx'
import { Legend } from './legend.tsx'
import { NoWells } from './no-wells.tsx'
import { PlateCell } from './plate-cell.tsx'
import { platesCsv } from './plate-csv.ts'
import { drawPicture } from './plate-png.ts'
import {
  fieldsKey,
  pointingAt,
  type OpenPlate,
  type PlateState,
  type ShownPlate,
} from './plate-state.ts'
import type { PlateStore } from './plate-store.ts'
import { PlatemapDialog } from './platemap-dialog.tsx'
import { PlateToolbar } from './plate-toolbar.tsx'
import css from './plate-view.module.css'
import { RunsPanel } from './runs-panel.tsx'
import { useSkin } from './skin.ts'
import { wellLines, worstOf } from './well-lines.ts'
import { WellPanel } from './well-panel.tsx'

interface PlateViewProps {
  readonly store: PlateStore
  readonly board: CommandBoard
  readonly goTo: GoTo
  readonly pixels: PixelSource
  readonly plateId: PlateId
}

/** The wells of a plate, alone or beside others: in colours, as thumbnails, as a table. */
export function PlateView({ store, board, goTo, pixels, plateId }: PlateViewProps) {
  const state = useObservable(store)
  useEffect(() => {
    void store.show(plateId)
    void store.list()
  }, [store, plateId])
  const first = state.plates[0]
  if (first === undefined || first.plateId !== plateId)
    return <Loading label="Opening the plate…" />
  switch (first.status) {
    case 'loading':
      return <Loading label="Opening the plate…" />
    case 'failed':
      return (
        <FaultMessage
          title="The plate could not be opened."
          fault={first.fault}
          onRetry={() => void store.show(plateId)}
        />
      )
    case 'open':
      if (first.details.wells.length === 0) return <NoWells {...{ store, pixels, first, state }} />
      return <OpenPlates {...{ store, board, goTo, pixels, state }} />
  }
}

interface OpenPlatesProps {
  readonly store: PlateStore
  readonly board: CommandBoard
  readonly goTo: GoTo
  readonly pixels: PixelSource
  readonly state: PlateState
}

function OpenPlates({ store, board, goTo, pixels, state }: OpenPlatesProps) {
  const { look, plates, active, fault } = state
  const figures = useFigures(plates, look)
  const lines = useMemo(() => figures.plates.map(wellLines), [figures])
  const layoutFile = useRef<HTMLInputElement>(null)
  const wellPanel = useRef<HTMLDivElement>(null)
  const at = Math.max(
    0,
    figures.plates.findIndex(({ plate }) => plate.plateId === active),
  )
  const current = figures.plates[at]!
  const currentId = current.plate.plateId
  const pointing = pointingAt(state, currentId)
  const selected = useMemo(
    () => lines[at]!.filter(({ index }) => pointing.selected.has(index)),
    [lines, at, pointing.selected],
  )
  useCommands(board, usePlateCommands(store, figures, look, layoutFile, current.plate))

  const onOpen = useCallback(
    (plateId: PlateId, index: number) => {
      const open = figures.plates.find(({ plate }) => plate.plateId === plateId)
      if (open === undefined) return
      const well = wellName(wellPosition(open.plate.details.columns, index))
      void store.readFields(plateId, well).then(fields => {
        const worst = worstOf(fields)
        if (worst === null) return
        const { field, plane } = worst
        goTo({ view: 'field', plateId, fieldId: field.fieldId, planeId: plane?.planeId ?? null })
      })
    },
    [figures, goTo, store],
  )
  const onWell = useCallback(
    (well: string) => {
      const index = indexOf(current.plate.details, well)
      if (index === null) return
      store.point(currentId, { focus: index, anchor: index, selected: new Set([index]) })
      requestAnimationFrame(() => wellPanel.current?.scrollIntoView({ block: 'nearest' }))
    },
    [current, currentId, store],
  )
  const onRead = useCallback(
    (well: string) => void store.readFields(currentId, well),
    [store, currentId],
  )

  return (
    <div className={css['view']}>
      <PlateToolbar
        board={board}
        look={look}
        plate={figures.plates[0]!.plate}
        mapped={current.plate.details.layout.length > 0}
        onLook={change => void store.look(change)}
      />
      {fault === null ? null : (
        <Notice tone="fault" onClose={store.dismissFault}>
          {faultText(fault)}
        </Notice>
      )}
      <div className={css['inside']}>
        <div className={css[`plates${Math.min(plates.length, 3)}`]}>
          {plates.map((plate, i) => {
            const open = figures.plates.findIndex(
              ({ plate: { plateId } }) => plateId === plate.plateId,
            )
            if (plate.status !== 'open')
              return <Waiting key={plate.plateId} plate={plate} store={store} />
            return (
              <PlateCell
                key={plate.plateId}
                figures={figures}
                plate={figures.plates[open]!}
                lines={lines[open]!}
                look={look}
                pixels={pixels}
                pointing={pointingAt(state, plate.plateId)}
                fieldsOf={well => state.fields.get(fieldsKey(plate.plateId, well))}
                onPoint={store.point}
                onOpen={onOpen}
                action={
                  i === 0 ? (
                    <JoinPlate
                      plates={plates}
                      choice={state.choice}
                      onJoin={plateId => void store.join(plateId)}
                    />
                  ) : (
                    <LeavePlate plate={plate} onLeave={store.leave} />
                  )
                }
              />
            )
          })}
        </div>
        <aside className={css['side']} aria-label="Legend and selected wells" tabIndex={0}>
          <CompletenessPanel
            plateId={currentId}
            arrivals={current.plate.arrivals}
            here={current.plate.details.summary.arrived}
            onWell={onWell}
            onRetry={() => void store.readArrivals(currentId)}
          />
          <Legend
            figures={figures}
            look={look}
            lines={lines}
            onLook={change => void store.look(change)}
          />
          <div ref={wellPanel}>
            <WellPanel
              lines={selected}
              fieldsOf={well => state.fields.get(fieldsKey(currentId, well))}
              onRead={onRead}
              pixels={pixels}
              title={current.shown === null ? null : figures.title}
              missed={missedOf(current.plate)}
            />
          </div>
          <RunsPanel runs={current.plate.details.acquisitions} arrivals={current.plate.arrivals} />
        </aside>
      </div>
      <input
        ref={layoutFile}
        type="file"
        accept=".csv,.tsv,.txt,text/csv"
        hidden
        aria-label="Platemap file"
        onChange={event => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file === undefined) return
          void file.text().then(csv => store.proposeLayout(currentId, file.name, csv))
        }}
      />
      <PlatemapDialog store={store} plates={plates} proposal={state.proposal} />
    </div>
  )
}

/** Late and missing images of wells, as far as they are listed. */
function missedOf({ arrivals }: OpenPlate): PlateCompleteness['planes'] {
  return arrivals.status === 'known' ? arrivals.completeness.planes : []
}

function useFigures(plates: PlateState['plates'], look: PlateState['look']): Figures {
  return useMemo(
    () =>
      figuresOf(
        plates.filter(plate => plate.status === 'open'),
        look,
      ),
    [plates, look],
  )
}

function Waiting({ plate, store }: { readonly plate: ShownPlate; readonly store: PlateStore }) {
  if (plate.status !== 'failed') return <Loading label="Opening the plate…" />
  return (
    <FaultMessage
      title="This plate could not be opened."
      fault={plate.fault}
      onRetry={() => store.leave(plate.plateId)}
    />
  )
}

function usePlateCommands(
  store: PlateStore,
  figures: Figures,
  look: PlateState['look'],
  layoutFile: { readonly current: HTMLInputElement | null },
  { plateId, details }: OpenPlate,
): CommandDeeds {
  const skin = useSkin()
  const mapped = details.layout.length > 0
  return useMemo<CommandDeeds>(() => {
    const name = figures.plates.map(({ plate }) => plate.details.summary.name).join(', ')
    const show = (other: 'thumbnails' | 'table'): void =>
      void store.look({ show: look.show === other ? 'colours' : other })
    return {
      'plate.thumbnails': () => show('thumbnails'),
      'plate.table': () => show('table'),
      'plate.layout': () => layoutFile.current?.click(),
      ...(mapped && { 'plate.layoutRemove': () => store.proposeNoLayout(plateId) }),
      'plate.exportCsv': () => saveCsv(`${name} wells.csv`, platesCsv(figures)),
      'plate.exportPng': () => {
        const canvas = document.createElement('canvas')
        const date = momentText(new Date())
        drawPicture(canvas, {
          figures,
          skin,
          look: { map: figures.map, marks: look.marks },
          date,
        })
        canvas.toBlob(blob => {
          if (blob !== null) saveFile(`${name} wells.png`, blob)
        }, 'image/png')
      },
    }
  }, [store, figures, look, layoutFile, skin, mapped, plateId])
}
