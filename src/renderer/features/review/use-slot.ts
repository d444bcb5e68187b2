import { useEffect, useSyncExternalStore } from 'react'
import type { PlaneId } from '#core/brand.ts'
import type { ImageShelf, Slot } from './image-shelf.ts'

/** The image of a plane from a shelf, asked for while the component is on screen. */
export function useSlot<Picture>(
  shelf: ImageShelf<Picture>,
  planeId: PlaneId,
  version: string,
): Slot<Picture> {
  useEffect(() => shelf.want([{ planeId, version }]), [shelf, planeId, version])
  const slot = (): Slot<Picture> => shelf.slot({ planeId, version })
  return useSyncExternalStore(shelf.subscribe, slot, slot)
}
