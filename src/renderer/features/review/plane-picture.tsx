import type { ReviewItem } from '#contract/review.ts'
import { faultText } from '#core/fault-text.ts'
import { BitmapCanvas } from './bitmap-canvas.tsx'
import type { ImageShelf } from './image-shelf.ts'
import css from './plane-picture.module.css'
import { placeText } from './review-words.ts'
import { useSlot } from './use-slot.ts'

interface PlanePictureProps {
  readonly shelf: ImageShelf<ImageBitmap>
  readonly item: ReviewItem
}

/** The plane that is decided about, as large as there is room; in its place what keeps it from being read. */
export function PlanePicture({ shelf, item }: PlanePictureProps) {
  return (
    <div className={css['frame']}>
      {item.state === 'unreadable' ? (
        <p className={css['message']}>{item.message}</p>
      ) : (
        <Picture shelf={shelf} item={item} />
      )}
    </div>
  )
}

function Picture({ shelf, item }: PlanePictureProps) {
  const slot = useSlot(shelf, item.planeId, item.version)
  switch (slot.status) {
    case 'loading':
      return <p className={css['message']}>Loading…</p>
    case 'failed':
      return <p className={css['message']}>{faultText(slot.fault)}</p>
    case 'ready':
      return (
        <BitmapCanvas
          bitmap={slot.picture}
          label={`Image of ${placeText(item)}`}
          className={css['picture']}
        />
      )
  }
}
