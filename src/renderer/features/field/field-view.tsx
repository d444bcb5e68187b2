import { useEffect, useLayoutEffect, useMemo, useState, useSyncExternalStore } from 'react'
import type { FieldId, PlaneId } from '#core/brand.ts'
import type { CommandBoard } from '../../lib/command-board.ts'
import { useCommands } from '../../lib/command-board.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import type { GoTo, Place } from '../../lib/place.ts'
import { Button } from '../../ui/button.tsx'
import { FaultMessage, Notice } from '../../ui/message.tsx'
import { ComparisonBar, otherName } from './comparison-bar.tsx'
import { FieldCanvas } from './field-canvas.tsx'
import { FieldHeader } from './field-header.tsx'
import { shownOf } from './field-state.ts'
import type { FieldStore } from './field-store.ts'
import css from './field-view.module.css'
import { fieldName, pictureText } from './field-words.ts'
import { FocusBar } from './focus-bar.tsx'
import type { LightTable } from './light-table.ts'
import { placeOfObject } from './object-order.ts'
import { ObjectTable } from './object-table.tsx'
import { Readout } from './readout.tsx'
import { objectColours, sceneOf } from './scene.ts'
import { SidePanels } from './side-panels.tsx'
import { useFieldCommands } from './use-field-commands.ts'

interface FieldViewProps {
  readonly store: FieldStore
  readonly board: CommandBoard
  readonly goTo: GoTo
  readonly pixels: PixelSource
  readonly place: Extract<Place, { readonly view: 'field' }>
}

/** One field with everything that is known of it. */
export function FieldView({ store, board, goTo, pixels, place }: FieldViewProps) {
  const state = useSyncExternalStore(store.subscribe, store.getSnapshot)
  const wish = useSyncExternalStore(store.camera.subscribe, store.camera.getSnapshot)
  const neighbours = useSyncExternalStore(store.neighbours.subscribe, store.neighbours.getSnapshot)
  const [table, setTable] = useState<LightTable | null>(null)
  const [listed, setListed] = useState(false)
  const { plateId, fieldId, planeId } = place
  // Before the effects of the canvas below, which sets up its graphics: the host answers meanwhile.
  useLayoutEffect(() => void store.open(fieldId, planeId), [store, fieldId, planeId])

  const { field, objects, fill, comparison } = state
  const columns = objects.status === 'shown' ? objects.objects : null
  const colours = useMemo(
    () => (columns === null || fill === null ? null : objectColours(columns, fill)),
    [columns, fill],
  )
  const scene = useMemo(
    () => sceneOf(state, wish, neighbours, colours),
    [state, wish, neighbours, colours],
  )
  const opened = field.status === 'shown' ? field.opened : null
  const seen = scene.panes.some(({ picture }) => picture !== null)
  // What comes next is fetched once what is looked at is there: both use the same few connections and workers.
  useEffect(() => {
    if (opened === null || table === null) return
    if (seen) return table.onceComplete(() => void store.openAhead())
    void store.openAhead()
  }, [store, opened, table, seen])
  const toField = (to: FieldId, plane: PlaneId | null = null): void =>
    goTo({ view: 'field', plateId, fieldId: to, planeId: plane })
  useCommands(board, useFieldCommands(store, goTo, place, opened, table))

  if (field.status === 'failed') {
    return (
      <FaultMessage
        title="The field could not be opened."
        fault={field.fault}
        onRetry={() => void store.open(fieldId, planeId)}
      />
    )
  }
  const shown = shownOf(state)
  const row = opened?.details.field ?? null
  const newest = opened?.details.runs.at(-1)
  const name = row === null ? '' : fieldName(row)
  const compareChoice =
    comparison === null
      ? 'nothing'
      : comparison.with === 'reference' || comparison.other.status !== 'shown'
        ? 'reference'
        : comparison.other.opened.details.field.fieldId
  return (
    <div className={css['view']}>
      <FieldHeader
        board={board}
        opened={opened}
        wellFields={state.wellFields}
        comparing={compareChoice}
        why={state.why}
        onPlate={() => goTo({ view: 'plate', plateId })}
        onField={toField}
        onCompare={choice => {
          if (choice === 'nothing') store.endComparison()
          else void store.compare('side', choice === 'reference' ? undefined : choice)
        }}
      />
      <div className={css['main']}>
        <div className={css['stage']} aria-busy={opened === null}>
          {row !== null && newest !== undefined && newest.fieldId !== row.fieldId ? (
            <Notice>
              This field was imaged again.{' '}
              <Button onClick={() => toField(newest.fieldId)}>Show the newer images</Button>
            </Notice>
          ) : null}
          {comparison === null ? null : (
            <ComparisonBar
              comparison={comparison}
              own={name}
              onArrange={store.arrange}
              onEnd={store.endComparison}
            />
          )}
          {row === null || shown === null ? null : (
            <FocusBar
              field={row}
              wellFields={state.wellFields}
              focus={shown.focus}
              onFocus={focus => void store.focus(focus)}
              onField={toField}
            />
          )}
          {table?.accelerated === false ? (
            <Notice>
              This browser has no WebGL2: images are drawn slowly, without outlines and maps. Switch
              on hardware acceleration, or use another browser.
            </Notice>
          ) : null}
          <FieldCanvas
            pixels={pixels}
            camera={store.camera}
            scene={scene}
            label={
              row === null || shown === null
                ? 'The field is being opened.'
                : pictureText(
                    row,
                    shown.channels,
                    new Set(state.looks.filter(look => !look.shown).map(({ channel }) => channel)),
                    row.objects?.count ?? null,
                  )
            }
            onTable={setTable}
            onPick={store.select}
          />
          <div className={css['foot']}>
            {table === null ? null : (
              <Readout
                table={table}
                panes={comparison === null ? [name] : [name, otherName(comparison)]}
              />
            )}
            <Button
              pressed={listed}
              disabled={columns === null || columns.count === 0}
              onClick={() => setListed(!listed)}
            >
              {columns === null ? 'Table of objects' : `Table of ${columns.count} objects`}
            </Button>
          </div>
          {listed && columns !== null ? (
            <div className={css['table']}>
              <ObjectTable
                objects={columns}
                selected={state.selected}
                onSelect={label => {
                  store.select(label)
                  const at = placeOfObject(columns, label - 1)
                  const sight = table?.sight()
                  if (at !== null && sight) {
                    store.camera.set({ ...at, zoom: Math.max(sight.camera.zoom, 1) })
                  }
                }}
              />
            </div>
          ) : null}
        </div>
        <SidePanels
          store={store}
          state={state}
          board={board}
          table={table}
          onReview={() => goTo({ view: 'review', plateId })}
          onPlane={plane => {
            const own = row?.planes.some(each => each.planeId === plane) ?? false
            toField(own || newest === undefined ? fieldId : newest.fieldId, plane)
          }}
        />
      </div>
    </div>
  )
}
