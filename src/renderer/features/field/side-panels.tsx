import { useSyncExternalStore } from 'react'
import type { PlaneId } from '#core/brand.ts'
import type { Fault } from '#core/fault.ts'
import type { CommandBoard } from '../../lib/command-board.ts'
import { Button } from '../../ui/button.tsx'
import { ChannelPanel } from './channel-panel.tsx'
import { shownOf, type FieldState } from './field-state.ts'
import type { FieldStore } from './field-store.ts'
import css from './field-view.module.css'
import { ImagingPanel } from './imaging-panel.tsx'
import type { LightTable } from './light-table.ts'
import { ObjectRow } from './object-row.tsx'
import { OverlayPanel } from './overlay-panel.tsx'
import { descriptionsOf } from './picture.ts'
import { PlaneList } from './plane-list.tsx'
import { PredictionPanel } from './prediction-panel.tsx'
import { WhyPanel } from './why-panel.tsx'

interface SidePanelsProps {
  readonly store: FieldStore
  readonly state: FieldState
  readonly board: CommandBoard
  readonly table: LightTable | null
  readonly onReview: () => void
  readonly onPlane: (planeId: PlaneId) => void
}

/** Everything about the field that is not its picture. */
export function SidePanels({ store, state, board, table, onReview, onPlane }: SidePanelsProps) {
  const tileFaults = useTileFaults(table)
  const shown = shownOf(state)
  const { field, objects } = state
  if (field.status !== 'shown' || shown === null) return <aside className={css['side']} />
  const { described, details } = field.opened
  const faults = new Map(tileFaults)
  for (const { channel, planes } of shown.channels) {
    for (const { planeId } of planes) {
      const known = described.get(planeId)
      if (known?.ok === false) faults.set(channel, known.fault)
    }
  }
  const plane = store.flaggedPlane()
  const inSight = shown.channels.flatMap(each => {
    const look = state.looks.find(({ channel }) => channel === each.channel)
    return look === undefined ? [] : [{ look, descriptions: descriptionsOf(each, described) }]
  })
  return (
    <aside className={css['side']} aria-label="About this field">
      {state.why ? (
        <WhyPanel
          plane={plane}
          metrics={details.metrics[String(plane?.planeId)] ?? {}}
          rules={state.rules}
          map={state.map}
          onClose={() => void store.askWhy(false)}
        />
      ) : null}
      <PlaneList shown={shown.channels} faults={faults} onPlane={onPlane} onReview={onReview} />
      {details.prediction === null ? null : <PredictionPanel prediction={details.prediction} />}
      {tileFaults.size > 0 ? <Button onClick={() => table?.retry()}>Load again</Button> : null}
      <ChannelPanel channels={inSight} onLook={store.look} />
      <OverlayPanel
        board={board}
        state={state}
        onFill={store.fill}
        onMap={kind => void store.showMap(kind)}
        onOpacity={store.fadeMap}
        predictionMaps={details.prediction?.maps ?? []}
      />
      <ImagingPanel field={details.field} imaging={details.imaging} />
      {table !== null && objects.status === 'shown' ? (
        <ObjectRow table={table} objects={objects.objects} selected={state.selected} />
      ) : null}
    </aside>
  )
}

const NO_FAULTS: ReadonlyMap<string, Fault> = new Map()
const listenToNothing = (): (() => void) => () => {}

function useTileFaults(table: LightTable | null): ReadonlyMap<string, Fault> {
  return useSyncExternalStore(
    table?.progress.subscribe ?? listenToNothing,
    () => table?.progress.getSnapshot().faults ?? NO_FAULTS,
  )
}
