import { useMemo } from 'react'
import type { FieldId } from '#core/brand.ts'
import type { CommandDeeds } from '../../lib/command-board.ts'
import type { GoTo, Place } from '../../lib/place.ts'
import { zoomedAt } from './camera.ts'
import type { FieldStore } from './field-store.ts'
import type { LightTable } from './light-table.ts'
import type { OpenedField } from './picture.ts'

const ZOOM_STEP = Math.SQRT2

/** What the commands of the group `Field` do here; next and previous are offered where there is one. */
export function useFieldCommands(
  store: FieldStore,
  goTo: GoTo,
  { plateId }: Extract<Place, { readonly view: 'field' }>,
  opened: OpenedField | null,
  table: LightTable | null,
): CommandDeeds {
  const next = opened?.details.next ?? null
  const previous = opened?.details.previous ?? null
  const there = opened !== null
  return useMemo(() => {
    const go = (fieldId: FieldId) => () => goTo({ view: 'field', plateId, fieldId, planeId: null })
    const zoom = (factor: number) => () => {
      const sight = table?.sight()
      if (!sight) return
      const { camera, pane } = sight
      const middle = { x: pane.width / 2, y: pane.height / 2 }
      store.camera.set(zoomedAt(camera, pane, middle, factor))
    }
    return {
      ...(next === null ? {} : { 'field.next': go(next) }),
      ...(previous === null ? {} : { 'field.previous': go(previous) }),
      ...(there
        ? {
            'field.fit': () => store.camera.set('fit'),
            'field.zoomIn': zoom(ZOOM_STEP),
            'field.zoomOut': zoom(1 / ZOOM_STEP),
            'field.outlines': () => store.outline(!store.getSnapshot().outlines),
            'field.why': () => void store.askWhy(!store.getSnapshot().why),
            'field.compare': () => {
              if (store.getSnapshot().comparison === null) void store.compare('side')
              else store.endComparison()
            },
          }
        : {}),
    }
  }, [store, goTo, plateId, next, previous, there, table])
}
