import { faultText } from '#core/fault-text.ts'
import type { ReviewItem } from '#contract/review.ts'
import { BitmapCanvas } from './bitmap-canvas.tsx'
import type { DecodedPlane } from './decode-plane.ts'
import type { ImageShelf } from './image-shelf.ts'
import css from './plane-picture.module.css'
import { placeText } from './review-words.ts'
import { useSlot } from './use-slot.ts'

interface PlanePictureProps {
  readonly shelf: ImageShelf<DecodedPlane>
  readonly item: ReviewItem
}

/** The plane that is decided about, as large as there is room. */
export function PlanePicture({ shelf, item }: PlanePictureProps) {
  const slot = useSlot(shelf, item.planeId, item.version)
  return (
    <div className={css['frame']}>
      {slot.status === 'ready' ? (
        <BitmapCanvas
          bitmap={slot.picture.bitmap}
          label={`Image of ${placeText(item)}`}
          className={css['picture']}
        />
      ) : slot.status === 'failed' ? (
        <p className={css['message']}>{item.message ?? faultText(slot.fault)}</p>
      ) : (
        <p className={css['message']}>Loading…</p>
      )}
    </div>
  )
}
