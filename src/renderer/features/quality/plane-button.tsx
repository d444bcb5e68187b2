import type { PlaneState } from '#contract/plates.ts'
import type { PlaneId } from '#core/brand.ts'
import type { PixelSource } from '../../lib/pixels.ts'
import { PlaneThumbnail } from '../../ui/plane-thumbnail.tsx'
import { VerdictMark } from '../../ui/verdict-mark.tsx'
import css from './plane-button.module.css'

interface PlaneButtonProps {
  readonly pixels: PixelSource
  readonly planeId: PlaneId
  readonly version: string
  readonly state: PlaneState
  /** `B03 site 1 DAPI` */
  readonly name: string
  readonly onOpen: () => void
}

/** A plane as a small image with its name; opens its field. */
export function PlaneButton({ pixels, planeId, version, state, name, onOpen }: PlaneButtonProps) {
  return (
    <button type="button" className={css['plane']} onClick={onOpen}>
      <PlaneThumbnail
        pixels={pixels}
        plane={{ planeId, version }}
        className={css['image']}
        absent={<span className={css['absent']}>no image</span>}
      />
      <span className={css['name']}>
        <VerdictMark state={state} silent />
        {name}
      </span>
    </button>
  )
}
