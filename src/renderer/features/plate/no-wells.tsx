import { useCallback } from 'react'
import type { PixelSource } from '../../lib/pixels.ts'
import { Empty } from '../../ui/message.tsx'
import { LooseImages } from './loose-images.tsx'
import { fieldsKey, type PlateState, type ShownPlate } from './plate-state.ts'
import type { PlateStore } from './plate-store.ts'

interface NoWellsProps {
  readonly store: PlateStore
  readonly pixels: PixelSource
  readonly first: Extract<ShownPlate, { readonly status: 'open' }>
  readonly state: PlateState
}

/** In place of the wells of a plate that has none: its loose images, or that there is nothing yet. */
export function NoWells({ store, pixels, first, state }: NoWellsProps) {
  const { plateId, details } = first
  const onRead = useCallback(() => void store.readFields(plateId, null), [store, plateId])
  if (details.summary.fields > 0) {
    return (
      <LooseImages
        name={details.summary.name}
        fields={state.fields.get(fieldsKey(plateId, null))}
        count={details.summary.fields}
        onRead={onRead}
        pixels={pixels}
      />
    )
  }
  return (
    <Empty title={`Nothing has been imaged on ${details.summary.name} yet.`}>
      <p>Wells appear here as soon as the microscope has written their first image.</p>
    </Empty>
  )
}
