import type { PlaneId } from '#core/brand.ts'
import { classNames } from '../../ui/class-names.ts'
import { BitmapCanvas } from './bitmap-canvas.tsx'
import type { ImageShelf } from './image-shelf.ts'
import css from './thumbnail.module.css'
import { useSlot } from './use-slot.ts'

interface ThumbnailProps {
  readonly shelf: ImageShelf<ImageBitmap>
  readonly planeId: PlaneId
  readonly version: string
  readonly size: 'small' | 'large'
}

/** A plane in a stamp. The words beside it say what it is. */
export function Thumbnail({ shelf, planeId, version, size }: ThumbnailProps) {
  const slot = useSlot(shelf, planeId, version)
  return (
    <span className={classNames(css['box'], css[size])}>
      {slot.status === 'ready' ? (
        <BitmapCanvas bitmap={slot.picture} label={null} className={css['picture']} />
      ) : slot.status === 'failed' ? (
        '—'
      ) : null}
    </span>
  )
}
